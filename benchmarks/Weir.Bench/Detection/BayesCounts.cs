using System.Globalization;

namespace Weir.Bench.Detection;

/// <summary>What SpamAssassin's naive Bayes knows: how many messages of each kind, and in how many of them each token stood. Read from and written as <c>sa-learn --backup</c>.</summary>
internal sealed class BayesCounts
{
    private readonly Dictionary<string, (int Spam, int Ham, long Seen)> _tokens = new(StringComparer.Ordinal);
    private int _spam;
    private int _ham;

    public static BayesCounts Read(string backup)
    {
        var counts = new BayesCounts();
        foreach (var columns in backup.Split('\n').Select(line => line.Split('\t')))
        {
            switch (columns)
            {
                case ["v", var number, "num_spam"]:
                    counts._spam = Number(number);
                    break;
                case ["v", var number, "num_nonspam"]:
                    counts._ham = Number(number);
                    break;
                case ["t", var spam, var ham, var seen, var token]:
                    counts._tokens[token] = (Number(spam), Number(ham), long.Parse(seen, CultureInfo.InvariantCulture));
                    break;
            }
        }

        return counts._spam + counts._ham > 0 && counts._tokens.Count > 0 ? counts : throw new InvalidOperationException("sa-learn learnt nothing.");
    }

    public static BayesCounts Sum(IEnumerable<BayesCounts> parts)
    {
        var sum = new BayesCounts();
        foreach (var part in parts)
        {
            sum._spam += part._spam;
            sum._ham += part._ham;
            foreach (var (token, count) in part._tokens)
            {
                var before = sum._tokens.GetValueOrDefault(token);
                sum._tokens[token] = (before.Spam + count.Spam, before.Ham + count.Ham, Math.Max(before.Seen, count.Seen));
            }
        }

        return sum;
    }

    public void Write(TextWriter output)
    {
        output.NewLine = "\n";
        output.WriteLine("v\t3\tdb_version # this must be the first line!!!");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"v\t{_spam}\tnum_spam"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"v\t{_ham}\tnum_nonspam"));
        foreach (var (token, count) in _tokens)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"t\t{count.Spam}\t{count.Ham}\t{count.Seen}\t{token}"));
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
