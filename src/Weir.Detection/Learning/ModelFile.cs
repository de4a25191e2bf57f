using System.Globalization;
using System.IO.Compression;
using System.Text;
using Weir.Detection.Contracts;

namespace Weir.Detection.Learning;

/// <summary>
/// The file of a model: gzip of UTF-8 lines. <c>weir-model 1</c>, <c>name …</c>, <c>intercept …</c>, <c>bounds LOWEST HIGHEST</c>, a line <c>trained SOURCE TAB LABEL TAB MESSAGES</c> for
/// each part, then <c>FEATURE TAB WEIGHT</c> in the order of the names.
/// </summary>
internal static class ModelFile
{
    private const string First = "weir-model 1";
    private const int MostFeatures = 2_000_000;

    /// <summary>Bytes unpacked: a small file may unpack to gigabytes.</summary>
    private const int MostBytes = 64 << 20;

    public static void Write(LearntModel model, Stream stream)
    {
        using var zip = new GZipStream(stream, CompressionLevel.SmallestSize, leaveOpen: true);
        using var writer = new StreamWriter(zip, new UTF8Encoding(false)) { NewLine = "\n" };
        writer.WriteLine(First);
        writer.WriteLine($"name {OneColumn(model.Name)}");
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"intercept {model.Intercept:R}"));
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"bounds {model.Bounds.Lowest:R} {model.Bounds.Highest:R}"));
        foreach (var part in model.Provenance)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"trained {OneColumn(part.Source)}\t{part.Label}\t{part.Messages}"));
        }

        foreach (var (name, weight) in model.Weights.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}\t{weight:0.###}"));
        }
    }

    public static LearntModel Read(Stream stream)
    {
        try
        {
            using var reader = new StreamReader(Unpacked(stream), Encoding.UTF8);
            if (reader.ReadLine() is var first && first != First)
            {
                throw new InvalidDataException($"It does not begin with \"{First}\".");
            }

            var name = After(reader.ReadLine(), "name ");
            var intercept = double.Parse(After(reader.ReadLine(), "intercept "), CultureInfo.InvariantCulture);
            var bounds = After(reader.ReadLine(), "bounds ").Split(' ');
            var (lowest, highest) = (double.Parse(bounds[0], CultureInfo.InvariantCulture), double.Parse(bounds.ElementAtOrDefault(1) ?? "", CultureInfo.InvariantCulture));
            var provenance = new List<TrainedOn>();
            var weights = new Dictionary<string, float>(StringComparer.Ordinal);
            while (reader.ReadLine() is { } line)
            {
                var columns = line.Split('\t');
                if (columns is [var source, var label, var messages])
                {
                    provenance.Add(new TrainedOn(After(source, "trained "), Enum.Parse<MailLabel>(label), int.Parse(messages, CultureInfo.InvariantCulture)));
                }
                else if (columns is [var feature, var weight] && float.Parse(weight, CultureInfo.InvariantCulture) is var value && float.IsFinite(value) && weights.Count < MostFeatures)
                {
                    weights[feature] = value;
                }
                else
                {
                    throw new InvalidDataException($"A line is no feature: {line[..Math.Min(60, line.Length)]}");
                }
            }

            return double.IsFinite(intercept) && lowest is <= 0 and >= -20 && highest is >= 0 and <= 20 ? new LearntModel(name, intercept, (lowest, highest), weights, provenance) : throw new InvalidDataException("A number is out of range.");
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException($"It is no model: {exception.Message}", exception);
        }
    }

    private static MemoryStream Unpacked(Stream stream)
    {
        using var zip = new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true);
        var unpacked = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (var read = zip.Read(buffer); read > 0; read = zip.Read(buffer))
        {
            if (unpacked.Length + read > MostBytes)
            {
                throw new InvalidDataException($"It unpacks to more than {MostBytes >> 20} MiB.");
            }

            unpacked.Write(buffer, 0, read);
        }

        unpacked.Position = 0;
        return unpacked;
    }

    /// <summary>Names of folders may hold what ends a column or a line here.</summary>
    private static string OneColumn(string name) => string.Concat(name.Select(letter => char.IsControl(letter) ? ' ' : letter));

    private static string After(string? line, string begin) =>
        line?.StartsWith(begin, StringComparison.Ordinal) == true ? line[begin.Length..] : throw new InvalidDataException($"A line \"{begin}…\" is missing.");
}
