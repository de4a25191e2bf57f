namespace Weir.Mail.Inspection.Pdf;

/// <summary>A dictionary, and what stands behind it when it is that of a stream.</summary>
internal sealed class PdfDictionary
{
    public Dictionary<string, object?> Entries { get; } = new(StringComparer.Ordinal);

    /// <summary>A key was written with escapes that it does not need.</summary>
    public bool HasEscapedName { get; set; }

    /// <summary>Content of the stream, as stored.</summary>
    public ReadOnlyMemory<byte> Stream { get; set; }

    /// <summary>Byte offset in the file, -1 for an object that lies in a stream of objects.</summary>
    public int Offset { get; set; } = -1;

    public object? this[string key] => Entries.GetValueOrDefault(key);

    public string Name(string key) => this[key] is PdfName name ? name.Value : "";
}
