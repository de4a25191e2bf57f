using System.Text.Json;
using System.Text.Json.Serialization;

namespace Weir.Server.Samples;

/// <summary>What a directory of synthetic rows was made of; lies beside them once all are there.</summary>
internal sealed record RowsState(int Seed, long Rows, DateTimeOffset Until)
{
    private static string FileIn(string directory) => Path.Combine(directory, "rows.json");

    public static RowsState? Read(string directory) =>
        File.Exists(FileIn(directory)) ? JsonSerializer.Deserialize(File.ReadAllBytes(FileIn(directory)), RowsStateJson.Default.RowsState) : null;

    public void Write(string directory) => File.WriteAllBytes(FileIn(directory), JsonSerializer.SerializeToUtf8Bytes(this, RowsStateJson.Default.RowsState));
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RowsState))]
internal sealed partial class RowsStateJson : JsonSerializerContext;
