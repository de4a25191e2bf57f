using Microsoft.EntityFrameworkCore;
using Weir.Access.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Access.Preferences;

/// <summary>Preferences in the operational database.</summary>
internal sealed class StoredPreferences(IDbContextFactory<WeirDbContext> databases) : IPreferences
{
    public async ValueTask<string?> FindAsync(Caller caller, string name, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<PreferenceRow>().Where(row => row.Owner == caller.Id && row.Name == name).Select(row => row.Text).FirstOrDefaultAsync(cancellationToken);
    }

    public async ValueTask SetAsync(Caller caller, string name, string? text, CancellationToken cancellationToken)
    {
        if (text?.Length > IPreferences.Longest)
        {
            throw new ArgumentException($"A preference has at most {IPreferences.Longest} characters.", nameof(text));
        }

        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        if (text is null)
        {
            await database.Set<PreferenceRow>().Where(row => row.Owner == caller.Id && row.Name == name).ExecuteDeleteAsync(cancellationToken);
            return;
        }

        if (await UpdateAsync(database, caller, name, text, cancellationToken) > 0)
        {
            return;
        }

        database.Add(new PreferenceRow { Owner = caller.Id, Name = name, Text = text });
        try
        {
            await database.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Another page of the same person chose at the same moment.
            await UpdateAsync(database, caller, name, text, cancellationToken);
        }
    }

    private static Task<int> UpdateAsync(WeirDbContext database, Caller caller, string name, string text, CancellationToken cancellationToken) =>
        database.Set<PreferenceRow>().Where(row => row.Owner == caller.Id && row.Name == name)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Text, text), cancellationToken);
}
