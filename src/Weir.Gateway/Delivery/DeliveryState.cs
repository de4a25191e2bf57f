using System.Text.Json;
using System.Text.Json.Serialization;
using Weir.Gateway.Delivery.Postfix;
using Weir.Kernel;

namespace Weir.Gateway.Delivery;

/// <summary>What the delivery readers need to go on after a restart. Written after the facts are in the log: what is read twice gives the same facts.</summary>
internal sealed record DeliveryState
{
    /// <summary>How far each file was read, by path.</summary>
    public Dictionary<string, FilePosition> Files { get; init; } = new(StringComparer.Ordinal);

    public Dictionary<string, LiveQueue> Queue { get; init; } = new(StringComparer.Ordinal);
    public List<WaitingRecipient> Waiting { get; init; } = [];
    public List<WaitingFolder> Folders { get; init; } = [];

    /// <summary>The state of an earlier run, or nothing.</summary>
    public static async Task<DeliveryState?> LoadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        await using var file = File.OpenRead(path);
        return await JsonSerializer.DeserializeAsync(file, DeliveryJson.Default.DeliveryState, cancellationToken);
    }

    /// <summary>Replaces the file as a whole.</summary>
    public async Task SaveAsync(string path, CancellationToken cancellationToken)
    {
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path) ?? ".");
        var fresh = path + ".new";
        await using (var file = File.Create(fresh))
        {
            await JsonSerializer.SerializeAsync(file, this, DeliveryJson.Default.DeliveryState, cancellationToken);
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
    }
}

[JsonSourceGenerationOptions(Converters = [typeof(NetworkMessageIdJson)])]
[JsonSerializable(typeof(DeliveryState))]
internal sealed partial class DeliveryJson : JsonSerializerContext;

/// <summary>Writes the id as its text.</summary>
internal sealed class NetworkMessageIdJson : JsonConverter<NetworkMessageId>
{
    public override NetworkMessageId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        NetworkMessageId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("Not a message id.");

    public override void Write(Utf8JsonWriter writer, NetworkMessageId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
