using System.Text;

namespace Weir.Mail.Authentication.Arc;

/// <summary>One statement of Authentication-Results (RFC 8601 §2.2): <c>dmarc=pass header.from=example.org</c>.</summary>
/// <param name="Properties">Words behind the result, names in lower case; the first of two equal names counts.</param>
internal sealed record ReportedResult(string Method, string Result, IReadOnlyDictionary<string, string> Properties)
{
    /// <summary>All statements of a field. Comments are no part of them, and nothing within quotes begins a new one.</summary>
    public static IEnumerable<ReportedResult> Read(string text)
    {
        // The first piece is the name of the server.
        foreach (var words in Pieces(text).Skip(1))
        {
            var pairs = words.Select(word => word.Split('=', 2)).Where(pair => pair.Length == 2 && pair[0].Length > 0).ToList();
            if (pairs.Count == 0)
            {
                continue;
            }

            // A version may follow the method's name: dkim/1=pass.
            var properties = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var pair in pairs.Skip(1))
            {
                properties.TryAdd(pair[0], pair[1]);
            }

            yield return new ReportedResult(pairs[0][0].Split('/')[0].ToLowerInvariant(), pairs[0][1].ToLowerInvariant(), properties);
        }
    }

    /// <summary>The pieces between semicolons as words; white space around an equals sign belongs to the word.</summary>
    private static List<List<string>> Pieces(string text)
    {
        var pieces = new List<List<string>> { new() };
        var word = new StringBuilder();
        var isEqualsOpen = false;
        var at = 0;
        while (at < text.Length)
        {
            var c = text[at++];
            switch (c)
            {
                case '(':
                    at = AfterComment(text, at);
                    End();
                    break;
                case '"':
                    at = Quoted(text, at, word);
                    isEqualsOpen = false;
                    break;
                case ';':
                    isEqualsOpen = false;
                    End();
                    pieces.Add([]);
                    break;
                case ' ' or '\t' or '\r' or '\n':
                    End();
                    break;
                case '=':
                    // "dmarc = pass": the word before the blank goes on.
                    if (word.Length == 0 && pieces[^1] is [.., var last] && !last.Contains('=', StringComparison.Ordinal))
                    {
                        pieces[^1].RemoveAt(pieces[^1].Count - 1);
                        word.Append(last);
                    }

                    word.Append(c);
                    isEqualsOpen = true;
                    break;
                default:
                    word.Append(c);
                    isEqualsOpen = false;
                    break;
            }
        }

        isEqualsOpen = false;
        End();
        return pieces;

        void End()
        {
            if (word.Length > 0 && !isEqualsOpen)
            {
                pieces[^1].Add(word.ToString());
                word.Clear();
            }
        }
    }

    private static int AfterComment(string text, int at)
    {
        for (var depth = 1; at < text.Length && depth > 0; at++)
        {
            switch (text[at])
            {
                case '\\':
                    at++;
                    break;
                case '(':
                    depth++;
                    break;
                case ')':
                    depth--;
                    break;
                default:
                    break;
            }
        }

        return Math.Min(at, text.Length);
    }

    private static int Quoted(string text, int at, StringBuilder word)
    {
        for (; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length)
            {
                at++;
            }

            word.Append(text[at]);
        }

        return Math.Min(at + 1, text.Length);
    }
}
