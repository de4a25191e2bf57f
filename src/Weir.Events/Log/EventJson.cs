using System.Text.Json;
using System.Text.Json.Serialization;
using Weir.Events.Contracts;
using Weir.Kernel;

namespace Weir.Events.Log;

/// <summary>The form of facts on disk. Released forms are read for ever (samples/facts-*.golden).</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    Converters = [typeof(NetworkMessageIdJson)])]
[JsonSerializable(typeof(Fact))]
internal sealed partial class EventJson : JsonSerializerContext;

/// <summary>An id as its text.</summary>
internal sealed class NetworkMessageIdJson : JsonConverter<NetworkMessageId>
{
    public override NetworkMessageId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        NetworkMessageId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("not a network message id");

    public override void Write(Utf8JsonWriter writer, NetworkMessageId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
