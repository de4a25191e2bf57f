using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Weir.Kql.Binding;

/// <summary>Writes the JSON text of dynamic literals.</summary>
internal static class Json
{
    public static string Array(IEnumerable<string> items) => $"[{string.Join(',', items.Select(Text))}]";

    /// <summary>A JSON string; halves of surrogate pairs become U+FFFD.</summary>
    public static string Text(string text) =>
        $"\"{JsonEncodedText.Encode(Encoding.UTF8.GetBytes(text), JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
