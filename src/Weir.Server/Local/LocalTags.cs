using System.Text.Json;
using Weir.Access.Contracts;
using Weir.Directory.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Server.Local;

/// <summary><c>/tags</c>: user tags and whom they are on.</summary>
internal sealed class LocalTags : ILocalRoute
{
    public string Path => "/tags";

    public async Task AnswerAsync(HttpContext context, string user)
    {
        if (await LocalJson.ReadAsync(context, LocalJson.Default.TagRequest) is { } request)
        {
            await LocalJson.WriteAsync(context, await DoAsync(context.RequestServices, user, request, context.RequestAborted), LocalJson.Default.TagAnswer);
        }
    }

    /// <summary>Does it in the stores of this process.</summary>
    public static async Task<TagAnswer> DoAsync(IServiceProvider services, string user, TagRequest request, CancellationToken cancellationToken)
    {
        var door = services.GetRequiredService<IUserTags>();
        var caller = LocalUser.Caller(user, Permission.SecuritySettingsRead, Permission.SecuritySettingsManage);
        var before = (await door.ListAsync(caller, cancellationToken)).FirstOrDefault(tag => tag.Name.Equals(request.Name, StringComparison.OrdinalIgnoreCase));
        var problem = "";
        try
        {
            switch (request.Deed)
            {
                case TagDeed.Set:
                    await door.SaveAsync(caller, new UserTag { Name = before?.Name ?? request.Name, Description = request.Description ?? before?.Description ?? "", Rule = request.Rule ?? TagRule.Nobody, Version = before?.Version ?? 0 }, cancellationToken);
                    break;
                case TagDeed.Delete:
                    await door.DeleteAsync(caller, request.Name, cancellationToken);
                    break;
                case TagDeed.Members when before is null:
                    problem = $"There is no tag “{request.Name}”.";
                    break;
                default:
                    break;
            }
        }
        catch (ArgumentException refused)
        {
            problem = refused.Message;
        }

        var people = services.GetRequiredService<IDirectory>().Current.People;
        return new TagAnswer(
            problem,
            await door.ListAsync(caller, cancellationToken),
            [.. people.Where(person => person.Tags.Contains(request.Name, StringComparer.OrdinalIgnoreCase)).Select(person => person.Address)]);
    }

    /// <summary>Asks the server that holds the directory.</summary>
    public static async Task<TagAnswer> AskAsync(DataDirectory directory, TagRequest request, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize(await LocalClient.PostForLineAsync(directory, new LocalTags().Path, request, LocalJson.Default.TagRequest, cancellationToken), LocalJson.Default.TagAnswer)!;
}
