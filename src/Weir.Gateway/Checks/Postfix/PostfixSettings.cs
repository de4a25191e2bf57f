using System.Globalization;

namespace Weir.Gateway.Checks.Postfix;

/// <summary>Postfix's parameters as <c>postconf</c> prints them, and those that <c>master.cf</c> overrides for one service.</summary>
internal sealed class PostfixSettings
{
    private readonly Dictionary<string, string> _values;

    private PostfixSettings(Dictionary<string, string> values, IReadOnlyList<ServiceSetting> overrides, bool hasPostlog)
    {
        _values = values;
        Overrides = overrides;
        HasPostlog = hasPostlog;
    }

    /// <summary>One <c>-o name=value</c> of a service such as <c>submission/inet</c>.</summary>
    internal sealed record ServiceSetting(string Service, string Name, string Value);

    public IReadOnlyList<ServiceSetting> Overrides { get; }

    /// <summary>Is there the service that writes <c>maillog_file</c>?</summary>
    public bool HasPostlog { get; }

    /// <summary>Nothing when this Postfix does not know the parameter.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <param name="parameters">Lines of <c>postconf -x</c>.</param>
    /// <param name="overrides">Lines of <c>postconf -P</c>.</param>
    /// <param name="services">Lines of <c>postconf -M</c>.</param>
    public static PostfixSettings Read(string parameters, string overrides, string services) => new(
        Pairs(parameters).DistinctBy(pair => pair.Name, StringComparer.Ordinal).ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal),
        [.. Pairs(overrides).Where(pair => pair.Name.Contains('/', StringComparison.Ordinal))
            .Select(pair => new ServiceSetting(pair.Name[..pair.Name.LastIndexOf('/')], pair.Name[(pair.Name.LastIndexOf('/') + 1)..], pair.Value))],
        services.Split('\n').Any(line => line.StartsWith("postlog ", StringComparison.Ordinal)));

    /// <summary>A time as Postfix writes it: <c>300s</c>, <c>5m</c>, <c>1h</c>. Nothing when it is none.</summary>
    public TimeSpan? Time(string name)
    {
        var text = this[name] ?? "";
        var unit = text.Length > 0 && char.IsAsciiLetter(text[^1]) ? text[^1] : 's';
        if (!long.TryParse(text.AsSpan().TrimEnd(unit), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > int.MaxValue)
        {
            return null;
        }

        return unit switch { 's' => TimeSpan.FromSeconds(number), 'm' => TimeSpan.FromMinutes(number), 'h' => TimeSpan.FromHours(number), 'd' => TimeSpan.FromDays(number), 'w' => TimeSpan.FromDays(7 * number), _ => null };
    }

    private static IEnumerable<(string Name, string Value)> Pairs(string lines) =>
        lines.Split('\n').Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2).Select(pair => (pair[0].Trim(), pair[1].Trim()));
}
