using Weir.Kql.Contracts;

namespace Weir.Kql.Functions;

/// <summary>Names, parameters and result of a function, read from one line such as <c>substring(source: string, start: long, length?: long): string</c>.</summary>
internal sealed class Signature
{
    public Signature(string text)
    {
        Text = text;
        var open = text.IndexOf('(', StringComparison.Ordinal);
        var close = text.LastIndexOf(')');
        Names = text[..open].Split('|');
        Returns = text[(close + 1)..].TrimStart(':', ' ');
        Parameters = [.. text[(open + 1)..close].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Read)];
    }

    public string Text { get; }

    /// <summary>The name and its synonyms.</summary>
    public IReadOnlyList<string> Names { get; }

    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>A type, <c>same</c> (the common type of the parameters called same), or <c>first</c> (of the first argument).</summary>
    public string Returns { get; }

    public int Least => Parameters.Count(parameter => !parameter.IsOptional);

    public int Most => Parameters.Any(parameter => parameter.Repeats) ? int.MaxValue : Parameters.Count;

    /// <summary>The parameter that an argument goes to; the last one may repeat.</summary>
    public Parameter At(int index) => Parameters[Math.Min(index, Parameters.Count - 1)];

    private static Parameter Read(string text)
    {
        var parts = text.Split(':', StringSplitOptions.TrimEntries);
        var word = parts[1].TrimEnd('*');
        return new Parameter(parts[0].TrimEnd('?'), word, KqlTypes.Parse(word), parts[0].EndsWith('?'), parts[1].EndsWith('*'));
    }
}

/// <summary>A parameter. <see cref="Type"/> null: see <see cref="Word"/> (any, number, integer, summable, same, array).</summary>
internal sealed record Parameter(string Name, string Word, KqlType? Type, bool IsOptional, bool Repeats);
