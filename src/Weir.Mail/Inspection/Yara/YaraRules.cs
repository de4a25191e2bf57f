using System.Runtime.InteropServices;

namespace Weir.Mail.Inspection.Yara;

/// <summary>The rules of a folder, compiled once. Each file is compiled for itself, so that a broken one is named and the others run.</summary>
internal sealed class YaraRules
{
    private const int MostFiles = 2_000;
    private const int MostErrors = 20;
    private const int LongestFile = 16 << 20;
    private const int MostMatches = 50;
    private const int SecondsOfScan = 1;
    private const int MostMeta = 50;

    private readonly List<(string File, nint Rules)> _compiled = [];
    private readonly List<string> _problems = [];

    /// <summary>Files that run.</summary>
    public int Files => _compiled.Count;

    /// <summary>What does not run, with file and line.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>The files of a folder, in order.</summary>
    public static IReadOnlyList<string> In(string folder) =>
        folder.Length > 0 && Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder).Where(file => Path.GetExtension(file) is ".yar" or ".yara").Order(StringComparer.Ordinal).Take(MostFiles)]
            : [];

    /// <summary>Compiles; nothing when there are no rules.</summary>
    public static YaraRules? Load(string folder)
    {
        var files = In(folder);
        if (files.Count == 0)
        {
            return null;
        }

        var rules = new YaraRules();
        if (!NativeLibrary.TryLoad(YaraNative.Library, typeof(YaraRules).Assembly, DllImportSearchPath.SafeDirectories, out _) || YaraNative.Initialize() != 0)
        {
            rules._problems.Add($"{YaraNative.Library} is not installed");
            return rules;
        }

        foreach (var file in files)
        {
            rules.Compile(file);
        }

        return rules;
    }

    /// <summary>Tells what matches.</summary>
    public void Scan(ReadOnlyMemory<byte> content, FileFindings found)
    {
        if (_compiled.Count == 0 || !MemoryMarshal.TryGetArray(content, out var array) || array.Array is null)
        {
            return;
        }

        var pinned = GCHandle.Alloc(array.Array, GCHandleType.Pinned);
        try
        {
            Scan(pinned.AddrOfPinnedObject() + array.Offset, array.Count, found);
        }
        finally
        {
            pinned.Free();
        }
    }

    private void Scan(nint address, int length, FileFindings found)
    {
        foreach (var (file, rules) in _compiled)
        {
            var matches = 0;
            YaraNative.Scanning matching = (_, message, data, _) =>
            {
                if (message == YaraNative.RuleMatching && ++matches <= MostMatches)
                {
                    Tell(data, file, found);
                }

                return YaraNative.Continue;
            };
            var result = YaraNative.Scan(rules, address, (nuint)length, YaraNative.FastWithoutHandlers, matching, 0, SecondsOfScan);
            GC.KeepAlive(matching);
            if (result != 0)
            {
                found.NotRead($"the YARA rules of {file} did not run to their end (error {result})");
            }
        }
    }

    private void Compile(string path)
    {
        var file = Path.GetFileName(path);
        byte[] text;
        try
        {
            if (new FileInfo(path).Length > LongestFile)
            {
                Problem($"{file}: larger than {LongestFile >> 20} MiB");
                return;
            }

            text = [.. File.ReadAllBytes(path), 0];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            Problem($"{file}: {unreadable.Message}");
            return;
        }

        if (YaraNative.CreateCompiler(out var compiler) != 0)
        {
            Problem($"{file}: no memory to compile");
            return;
        }

        var before = _problems.Count;
        YaraNative.Compiling failing = (level, _, line, _, message, _) =>
        {
            // 0 is an error, 1 a warning.
            if (level == 0)
            {
                Problem($"{file} line {line}: {Marshal.PtrToStringUTF8(message)}");
            }
        };
        YaraNative.SetCallback(compiler, failing, 0);
        YaraNative.SetInclude(compiler, 0, 0, 0);
        if (YaraNative.Add(compiler, text, 0) == 0 && YaraNative.GetRules(compiler, out var rules) == 0)
        {
            _compiled.Add((file, rules));
        }
        else if (_problems.Count == before)
        {
            Problem($"{file}: cannot be compiled");
        }

        GC.KeepAlive(failing);
        YaraNative.DestroyCompiler(compiler);
    }

    private void Problem(string text)
    {
        if (_problems.Count < MostErrors)
        {
            _problems.Add(text);
        }
    }

    /// <summary>struct YR_RULE of libyara 4.2: flags (private is 1), number of atoms, then pointers to identifier, tags, metas, strings, namespace.</summary>
    private static void Tell(nint rule, string file, FileFindings found)
    {
        if ((Marshal.ReadInt32(rule) & 1) != 0)
        {
            return;
        }

        var name = Text(Marshal.ReadIntPtr(rule, 8));
        var meta = Meta(Marshal.ReadIntPtr(rule, 24));
        var severity = meta.GetValueOrDefault("severity", "medium").ToLowerInvariant() switch
        {
            "critical" => "critical",
            "high" => "high",
            "low" => "low",
            "info" or "informational" => "info",
            _ => "medium",
        };
        found.Feature($"yara-{severity}", meta.GetValueOrDefault("description", "") is { Length: > 0 } description ? $"{name}: {description}" : name, place: file);
    }

    /// <summary>struct YR_META: identifier, string, integer (8 bytes each), type, flags (the last is 1).</summary>
    private static Dictionary<string, string> Meta(nint meta)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; meta != 0 && i < MostMeta; i++, meta += 32)
        {
            if (Marshal.ReadInt32(meta, 24) == 2)
            {
                values[Text(Marshal.ReadIntPtr(meta))] = Text(Marshal.ReadIntPtr(meta, 8));
            }

            if ((Marshal.ReadInt32(meta, 28) & 1) != 0)
            {
                break;
            }
        }

        return values;
    }

    private static string Text(nint pointer) => pointer == 0 ? "" : Marshal.PtrToStringUTF8(pointer) ?? "";
}
