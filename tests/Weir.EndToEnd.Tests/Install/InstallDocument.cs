namespace Weir.EndToEnd.Tests.Install;

/// <summary>The blocks of <c>docs/install.md</c>, in order.</summary>
internal static class InstallDocument
{
    /// <summary>A fenced block.</summary>
    /// <param name="Heading">The section it stands in.</param>
    /// <param name="Path">The file that it belongs in, as the comment in its first line says; empty when none is named.</param>
    internal sealed record Block(string Heading, string Language, string Path, string Text);

    public static string PathOfDocument => System.IO.Path.Combine(Repository.Root, "docs", "install.md");

    public static IReadOnlyList<Block> Read()
    {
        var blocks = new List<Block>();
        var heading = "";
        string? language = null;
        var lines = new List<string>();
        foreach (var line in File.ReadLines(PathOfDocument))
        {
            if (language is null)
            {
                heading = line.StartsWith('#') ? line.TrimStart('#', ' ') : heading;
                Assert.False(line.StartsWith("    ", StringComparison.Ordinal), $"An indented block would not be tried; fence it: {line}");
                language = line.StartsWith("```", StringComparison.Ordinal) ? line[3..] : null;
            }
            else if (line == "```")
            {
                blocks.Add(Close(heading, language, lines));
                language = null;
                lines = [];
            }
            else
            {
                lines.Add(line);
            }
        }

        Assert.Null(language);
        return blocks;
    }

    private static Block Close(string heading, string language, List<string> lines)
    {
        var isFile = lines[0].Split(' ', 2) is [("#" or "//"), ['/', ..]];
        return new Block(heading, language, isFile ? lines[0].Split(' ', 2)[1] : "", string.Join('\n', lines.Skip(isFile ? 1 : 0)) + "\n");
    }
}
