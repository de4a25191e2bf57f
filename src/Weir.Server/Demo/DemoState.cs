using System.Text.Json;
using System.Text.Json.Serialization;

namespace Weir.Server.Demo;

/// <summary>How far the demo was filled; lies beside its data so that an interrupted first start goes on and days off are made up for.</summary>
internal sealed record DemoState
{
    public int Seed { get; init; } = 1;

    /// <summary>Everyday messages of the history.</summary>
    public int Messages { get; init; } = 18_000;

    /// <summary>The end of the invented history: the moment of the first start.</summary>
    public DateTimeOffset Origin { get; init; }

    /// <summary>Events of the history that are in Weir.</summary>
    public long HistoryFed { get; init; }

    public bool HistoryComplete { get; init; }

    /// <summary>The time up to which mail after the history was fed.</summary>
    public DateTimeOffset FedUntil { get; init; }

    private static string FileIn(string directory) => Path.Combine(directory, "demo-state.json");

    public static DemoState? Read(string directory) =>
        File.Exists(FileIn(directory)) ? JsonSerializer.Deserialize(File.ReadAllBytes(FileIn(directory)), DemoStateJson.Default.DemoState) : null;

    /// <summary>Replaces the file in one step.</summary>
    public void Write(string directory)
    {
        var draft = FileIn(directory) + ".new";
        File.WriteAllBytes(draft, JsonSerializer.SerializeToUtf8Bytes(this, DemoStateJson.Default.DemoState));
        File.Move(draft, FileIn(directory), overwrite: true);
    }
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DemoState))]
internal sealed partial class DemoStateJson : JsonSerializerContext;
