namespace Weir.Kernel;

/// <summary>One thing about this installation that <c>weir doctor</c> looks at. Found by convention: one sealed class, one file, in the room it is about.</summary>
public interface ICheck
{
    /// <summary>What is looked at, in a word or two.</summary>
    string Name { get; }

    /// <summary>Looks, changing nothing. What it throws counts as failed.</summary>
    ValueTask<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken);
}

/// <summary>How a check ended.</summary>
public enum CheckState
{
    Ok,

    /// <summary>Not set up, or not running: fine when that is wanted.</summary>
    Off,

    /// <summary>It works, and probably not as it is wanted.</summary>
    Warning,

    Failed,
}

/// <summary>What a check saw.</summary>
/// <param name="Text">What is so.</param>
/// <param name="Advice">What to do about it; empty when there is nothing to do.</param>
public sealed record CheckResult(CheckState State, string Text, string Advice = "")
{
    public static IReadOnlyList<CheckResult> Ok(string text) => [new(CheckState.Ok, text)];

    public static IReadOnlyList<CheckResult> Off(string text, string advice = "") => [new(CheckState.Off, text, advice)];

    public static IReadOnlyList<CheckResult> Warning(string text, string advice) => [new(CheckState.Warning, text, advice)];

    public static IReadOnlyList<CheckResult> Failed(string text, string advice) => [new(CheckState.Failed, text, advice)];
}
