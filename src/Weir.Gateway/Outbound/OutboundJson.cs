using System.Text.Json.Serialization;
using Weir.Events.Contracts;
using Weir.Gateway.Contracts;

namespace Weir.Gateway.Outbound;

/// <summary>What rows hold as text.</summary>
[JsonSerializable(typeof(AccountRestricted))]
[JsonSerializable(typeof(SendingLimits))]
internal sealed partial class OutboundJson : JsonSerializerContext;
