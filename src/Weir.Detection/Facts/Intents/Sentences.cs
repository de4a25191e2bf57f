using Weir.Detection.Facts.Text;

namespace Weir.Detection.Facts.Intents;

/// <summary>
/// The sentences of a text: where words of one belong together. A sentence ends with its mark, at an empty line, at the end of a short line, or after
/// sixty words. Pure and linear.
/// </summary>
internal sealed class Sentences
{
    private const int MostWords = 60;

    /// <summary>A line shorter than this was ended by its writer, a longer one perhaps by the mail program.</summary>
    private const int ShortLine = 50;

    private Sentences(int[] ofWord, IReadOnlyList<(int First, int Last)> all)
    {
        OfWord = ofWord;
        All = all;
    }

    /// <summary>The number of the sentence of each word.</summary>
    public int[] OfWord { get; }

    /// <summary>First and last word of each sentence.</summary>
    public IReadOnlyList<(int First, int Last)> All { get; }

    /// <param name="text">Its subject is a sentence of its own.</param>
    /// <param name="words">How many of its words are looked at.</param>
    public static Sentences Of(TextFacts text, int words)
    {
        var ofWord = new int[words];
        var all = new List<(int First, int Last)>();
        var first = 0;
        for (var i = 0; i < words; i++)
        {
            ofWord[i] = all.Count;
            if (i + 1 == words || i + 1 - first >= MostWords || Ends(text, text.Words[i].End, text.Words[i + 1].Start))
            {
                all.Add((first, i));
                first = i + 1;
            }
        }

        return new Sentences(ofWord, all);
    }

    /// <summary>A sentence ends between two neighbouring words.</summary>
    private static bool Ends(TextFacts text, int end, int next)
    {
        var source = text.Source;
        if (end <= text.SubjectEnd && next > text.SubjectEnd)
        {
            return true;
        }

        var breaks = 0;
        for (var i = end; i < next; i++)
        {
            switch (source[i])
            {
                case '.' or '!' or '?' or '…' or '。' when i + 1 < source.Length && (char.IsWhiteSpace(source[i + 1]) || IsClosing(source[i + 1])):
                    return true;
                case '¿' or '¡':
                    return true;
                case '\n':
                    breaks++;
                    break;
            }
        }

        return breaks >= 2 || (breaks == 1 && end - source.LastIndexOf('\n', end - 1) < ShortLine);
    }

    private static bool IsClosing(char c) => c is '"' or '\'' or '“' or '”' or '’' or '»' or '«' or ')';
}
