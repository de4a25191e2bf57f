using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Weir.Detection;
using Weir.Detection.Contracts;

namespace Weir.Bench.Detection;

/// <summary>Weir's judge with the model that ships, with another, or with none.</summary>
internal static class WeirLines
{
    public static ServiceProvider Services(string model) => new ServiceCollection()
        .AddDetectionAlone(configuration: new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["detection:model"] = model }).Build())
        .BuildServiceProvider();

    /// <param name="model">As <c>detection:model</c>.</param>
    public static async Task<IReadOnlyList<Scored>> JudgeAsync(IEnumerable<Labelled> mails, string model, CancellationToken cancellationToken)
    {
        await using var services = Services(model);
        var judge = services.GetRequiredService<IMessageJudge>();
        var scores = new ConcurrentBag<Scored>();
        await Parallel.ForEachAsync(mails, cancellationToken, async (mail, token) =>
        {
            var judgement = (await judge.JudgeAsync(mail.ToJudge(), token)).Judgement;
            scores.Add(new Scored(mail, judgement.Score, judgement.Verdict >= Verdict.Spam, judgement));
        });
        return [.. scores.OrderBy(score => score.Mail.File, StringComparer.Ordinal)];
    }

    /// <summary>Each message is judged with a model that learnt from the other folds.</summary>
    public static async Task<IReadOnlyList<Scored>> FoldsAsync(IReadOnlyList<Labelled> mails, string folder, CancellationToken cancellationToken)
    {
        var examples = await ExamplesAsync(mails, cancellationToken);
        await using var services = Services("none");
        var trainer = services.GetRequiredService<IModelTrainer>();
        var scores = new List<Scored>();
        for (var fold = 0; fold < Labelled.Folds; fold++)
        {
            var model = Path.Combine(folder, $"fold-{fold}.model");
            await using (var stream = File.Create(model))
            {
                trainer.Train([.. mails.Zip(examples).Where(pair => pair.First.Fold != fold).Select(pair => pair.Second)], $"fold {fold}", addsOnly: false, cancellationToken).Save(stream);
            }

            scores.AddRange(await JudgeAsync(mails.Where(mail => mail.Fold == fold), model, cancellationToken));
        }

        return scores;
    }

    private static async Task<TrainingExample[]> ExamplesAsync(IReadOnlyList<Labelled> mails, CancellationToken cancellationToken)
    {
        await using var services = Services("none");
        var trainer = services.GetRequiredService<IModelTrainer>();
        var examples = new TrainingExample[mails.Count];
        await Parallel.ForAsync(0, mails.Count, cancellationToken, async (i, token) =>
            examples[i] = await trainer.ReadAsync(mails[i].ToJudge(), mails[i].Label, mails[i].Campaign, mails[i].Origin, token));
        return examples;
    }
}
