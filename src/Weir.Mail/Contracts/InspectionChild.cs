using Weir.Mail.Inspection.Children;

namespace Weir.Mail.Contracts;

/// <summary>The child process that reads hostile files: what <c>weir inspect</c> runs. It has no data directory and no configuration but its arguments.</summary>
public static class InspectionChild
{
    /// <summary>Answers questions from the input until it ends.</summary>
    /// <param name="arguments">As given by the pool that started it.</param>
    public static int Run(IReadOnlyList<string> arguments, Stream input, Stream output) => new ChildLoop(arguments).Run(input, output);
}
