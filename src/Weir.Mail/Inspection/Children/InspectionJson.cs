using System.Text.Json.Serialization;

namespace Weir.Mail.Inspection.Children;

[JsonSourceGenerationOptions(IgnoreReadOnlyProperties = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(InspectionHello))]
[JsonSerializable(typeof(InspectionQuestion))]
[JsonSerializable(typeof(InspectionAnswer))]
internal sealed partial class InspectionJson : JsonSerializerContext;
