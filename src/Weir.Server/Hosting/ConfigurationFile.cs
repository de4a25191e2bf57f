using System.Text.Json;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;
using Weir.Kernel;

namespace Weir.Server.Hosting;

/// <summary><c>weir.json</c> of a data directory, the environment (<c>WEIR__section__key</c>) and the command line, each stronger than the one before.</summary>
internal sealed class ConfigurationFile
{
    private const string Name = "weir.json";
    private const string Prefix = "WEIR__";
    private static readonly JsonDocumentOptions Json = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly IReadOnlyDictionary<string, int> _lines;

    private ConfigurationFile(IConfigurationRoot root, IReadOnlyDictionary<string, int> lines)
    {
        Root = root;
        _lines = lines;
    }

    public IConfigurationRoot Root { get; }

    /// <exception cref="ConfigurationException">The file cannot be read or is no JSON object.</exception>
    public static ConfigurationFile Read(ServerHostSettings settings)
    {
        var path = Path.Combine(settings.Directory.Path, Name);
        try
        {
            var lines = File.Exists(path) ? LinesOf(File.ReadAllBytes(path)) : new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
            return new ConfigurationFile(
                new ConfigurationBuilder().AddJsonFile(path, optional: true).AddEnvironmentVariables(Prefix).AddInMemoryCollection(settings.Overrides).Build(), lines);
        }
        catch (JsonException mistake)
        {
            throw new ConfigurationException($"{Name}, line {mistake.LineNumber + 1}: this is not JSON; {Reason(mistake)}");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidDataException or FormatException)
        {
            throw new ConfigurationException($"{Name}: {problem.GetBaseException().Message}");
        }
    }

    /// <exception cref="ConfigurationException">A key is unknown, or a value is of the wrong kind.</exception>
    public void CheckKeysAndTypes(IReadOnlyList<ConfigurationSectionDescription> descriptions)
    {
        IReadOnlyList<string> problems = [.. ConfigurationKeys.Unknown(Root, descriptions), .. ConfigurationTypes.Wrong(Root, descriptions, PlaceOf)];
        if (problems.Count > 0)
        {
            throw new ConfigurationException(string.Join(Environment.NewLine, problems));
        }
    }

    private string PlaceOf(string path) => Root.Providers.LastOrDefault(provider => provider.TryGet(path, out _)) switch
    {
        EnvironmentVariablesConfigurationProvider => $"Environment variable {Prefix}{path.Replace(":", "__", StringComparison.Ordinal)}",
        null or JsonConfigurationProvider => _lines.TryGetValue(path, out var line) ? $"{Name}, line {line}" : Name,
        _ => "Command line",
    };

    /// <summary>What is wrong, without the place that the framework puts behind it.</summary>
    private static string Reason(JsonException mistake)
    {
        var text = mistake.Message;
        var end = text.IndexOf(" LineNumber:", StringComparison.Ordinal);
        text = end < 0 ? text : text[..end];
        return text.StartsWith("Expected depth to be zero", StringComparison.Ordinal)
            ? "a { or [ is not closed, so that a } or ] is missing here or before."
            : char.ToLowerInvariant(text[0]) + text[1..];
    }

    /// <summary>The line, from 1, of every value by its path.</summary>
    private static Dictionary<string, int> LinesOf(ReadOnlyMemory<byte> file)
    {
        var text = file.Span.StartsWith("\uFEFF"u8) ? file[3..] : file;
        using (var document = JsonDocument.Parse(text, Json))
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new ConfigurationException($"{Name}: its outermost value must be an object: {{ … }}");
            }
        }

        var lines = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var reader = new Utf8JsonReader(text.Span, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var line = 1;
        var counted = 0;
        var open = new Stack<(string Path, int Index)>();
        var path = "";
        while (reader.Read())
        {
            var start = (int)reader.TokenStartIndex;
            line += text.Span[counted..start].Count((byte)'\n');
            counted = start;
            if (reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject)
            {
                open.Pop();
                continue;
            }

            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                path = Below(open.Peek().Path, reader.GetString()!);
                continue;
            }

            if (open.TryPeek(out var list) && list.Index >= 0)
            {
                path = Below(list.Path, $"{list.Index}");
                open.Push(open.Pop() with { Index = list.Index + 1 });
            }

            lines[path] = line;
            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
            {
                open.Push((path, reader.TokenType == JsonTokenType.StartArray ? 0 : -1));
            }
        }

        return lines;
    }

    private static string Below(string path, string key) => path.Length == 0 ? key : path + ":" + key;
}
