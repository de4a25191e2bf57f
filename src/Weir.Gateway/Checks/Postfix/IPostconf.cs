namespace Weir.Gateway.Checks.Postfix;

/// <summary>Postfix's own program that tells its configuration.</summary>
internal interface IPostconf
{
    /// <summary>Runs it with these arguments; nothing when it is not installed here.</summary>
    ValueTask<PostconfAnswer?> AskAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken);
}

/// <summary>What it said.</summary>
internal sealed record PostconfAnswer(int Code, string Output, string Errors);
