using Weir.Mail.Inspection.Pdf;
using Weir.Mail.Inspection.Pictures;

namespace Weir.Mail.Inspection.Readers;

/// <summary>
/// What a PDF can do, where it leads and what it carries, from its objects: actions, links, scripts, embedded files, forms, pictures. Its text is read apart
/// (<see cref="PdfText"/>), so that a page that no reader gets through hides none of this.
/// </summary>
internal sealed class PdfFile : IFileReader
{
    private const int MostPictures = 40;
    private const int MostPixels = 8_000_000;

    public bool Reads(string fileType) => fileType == "pdf";

    public void Read(FileToRead file, FileFindings found)
    {
        var objects = new PdfObjects(file.Content);
        // Strings are unreadable until somebody decrypts; PdfText tries.
        var isEncrypted = objects.Trailers.Any(trailer => objects.Dictionary(trailer["Encrypt"]) is not null);
        var walk = new Walk(objects, found, isEncrypted);
        foreach (var value in objects.All)
        {
            walk.Look(value, 0);
        }

        foreach (var root in objects.Trailers.Select(trailer => objects.Dictionary(trailer["Root"])).OfType<PdfDictionary>().Distinct().Take(20))
        {
            walk.Catalogue(root);
        }

        if (objects.IsCut || objects.Filters.IsCut)
        {
            found.NotRead("the PDF holds more than is read");
        }
    }

    /// <summary>One walk over all dictionaries of a file.</summary>
    private sealed class Walk(PdfObjects objects, FileFindings found, bool isEncrypted)
    {
        private const int Deepest = 30;
        private const int ShownOfScript = 120;

        private readonly HashSet<PdfDictionary> _seen = new(ReferenceEqualityComparer.Instance);
        private int _pictures;

        public void Look(object? value, int depth)
        {
            if (depth > Deepest)
            {
                return;
            }

            switch (value)
            {
                case List<object?> list:
                    list.ForEach(each => Look(each, depth + 1));
                    break;
                case PdfDictionary dictionary when _seen.Add(dictionary):
                    Dictionary(dictionary);
                    foreach (var each in dictionary.Entries.Values)
                    {
                        Look(each, depth + 1);
                    }

                    break;
            }
        }

        /// <summary>What happens by itself when the document is opened. To go to a page is everyday.</summary>
        public void Catalogue(PdfDictionary root)
        {
            if (objects.Dictionary(root["OpenAction"]) is { } action && action.Name("S") is not ("" or "GoTo" or "Named"))
            {
                found.Feature("pdf-open-action", $"opening it does {Kind(action)}", action.Offset);
            }
        }

        private static string Kind(PdfDictionary action) => action.Name("S") is { Length: > 0 } kind ? kind : "something unknown";

        private void Dictionary(PdfDictionary dictionary)
        {
            if (dictionary.HasEscapedName && (dictionary["S"] is not null || dictionary["JS"] is not null || dictionary["OpenAction"] is not null || dictionary["Type"] is not null))
            {
                found.Feature("pdf-escaped-names", "names of PDF are spelled with escapes that only hide them", dictionary.Offset);
            }

            Action(dictionary);
            if (dictionary["JS"] is { } script)
            {
                Script(script, dictionary.Offset);
            }

            if (objects.Dictionary(dictionary["AA"]) is { } additional && additional.Entries.Values.Any(action => objects.Dictionary(action)?.Name("S") is "JavaScript" or "Launch" or "URI" or "SubmitForm" or "ImportData" or "GoToR" or "GoToE"))
            {
                found.Feature("pdf-action-by-itself", "something happens when a page is shown, a field is left or the document is closed", dictionary.Offset);
            }

            if (dictionary["EF"] is { } embedded && objects.Dictionary(embedded) is { } files)
            {
                var name = objects.Text(dictionary["UF"]) is { Length: > 0 } unicode ? unicode : objects.Text(dictionary["F"]);
                foreach (var stream in files.Entries.Values.Select(objects.Dictionary).OfType<PdfDictionary>().Take(1))
                {
                    found.Feature("pdf-embedded-file", $"it carries the file {name}", stream.Offset);
                    found.Embedded(name.Length > 0 ? name : "embedded", objects.Filters.Decode(stream, objects.Resolve, out _));
                }
            }

            if (dictionary["XFA"] is not null)
            {
                found.Feature("pdf-xfa", "it holds a form that is a program of its own (XFA)", dictionary.Offset);
            }

            if (dictionary.Name("Subtype") == "RichMedia")
            {
                found.Feature("pdf-rich-media", "it plays rich media", dictionary.Offset);
            }

            if (dictionary.Name("Subtype") == "Image" && !dictionary.Stream.IsEmpty && !isEncrypted && _pictures < MostPictures)
            {
                Picture(dictionary);
            }
        }

        private void Action(PdfDictionary action)
        {
            switch (action.Name("S"))
            {
                case "URI":
                    Link(objects.Text(action["URI"]));
                    break;
                case "Launch":
                    found.Feature("pdf-launch", $"it starts {Target(action)}", action.Offset);
                    break;
                case "JavaScript":
                    found.Feature("pdf-javascript", "it runs a script", action.Offset);
                    break;
                case "SubmitForm":
                    var to = Target(action);
                    Link(to);
                    found.Feature("pdf-submit-form", $"what is filled in goes to {to}", action.Offset);
                    break;
                case "GoToR" or "GoToE" or "ImportData" when Target(action) is var file && (file.StartsWith(@"\\", StringComparison.Ordinal) || file.Contains("://", StringComparison.Ordinal)):
                    found.Feature("pdf-remote-file", $"it opens {file}", action.Offset);
                    Link(file);
                    break;
            }
        }

        private void Link(string address)
        {
            if (!isEncrypted && address.Length > 0)
            {
                found.Url(address.Trim());
            }
        }

        /// <summary>A file specification: a string, or a dictionary with one; for a program, what Windows is told.</summary>
        private string Target(PdfDictionary action)
        {
            if (objects.Dictionary(action["Win"]) is { } windows)
            {
                return $"{objects.Text(windows["F"])} {objects.Text(windows["P"])}".Trim();
            }

            return objects.Dictionary(action["F"]) is { } file
                ? objects.Text(file["UF"]) is { Length: > 0 } unicode ? unicode : objects.Text(file["F"])
                : objects.Text(action["F"]);
        }

        private void Script(object? value, int offset)
        {
            var source = objects.Dictionary(value) is { } stream ? System.Text.Encoding.Latin1.GetString(objects.Filters.Decode(stream, objects.Resolve, out _).Span) : objects.Text(value);
            if (isEncrypted || source.Length == 0)
            {
                found.Feature("pdf-javascript", "it runs a script", offset);
                return;
            }

            found.Feature("pdf-javascript", $"it runs a script: {(source.Length > ShownOfScript ? source[..ShownOfScript] : source)}", offset);
            found.Text(source, needsScheme: true);
        }

        private void Picture(PdfDictionary image)
        {
            var content = objects.Filters.Decode(image, objects.Resolve, out var rest);
            if (rest is "DCTDecode" or "DCT" or "JPXDecode")
            {
                _pictures++;
                found.Embedded($"picture {_pictures}.jpg", content);
                return;
            }

            var (width, height) = ((int)(objects.Number(image["Width"]) ?? 0), (int)(objects.Number(image["Height"]) ?? 0));
            if (rest.Length > 0 || width < 21 || height < 21 || (long)width * height > MostPixels || Gray(image, content.Span, width, height) is not { } pixels)
            {
                return;
            }

            _pictures++;
            var picture = new GrayPicture(width, height, pixels);
            while (picture.Width * picture.Height > 2_000_000)
            {
                picture = picture.Halved();
            }

            foreach (var code in QrCodes.Read(picture))
            {
                QrPayload.Tell(found, code, "qr-code", $"picture {_pictures} of the PDF");
            }
        }

        /// <summary>Rows of the common kinds: black and white, grey, RGB, palettes.</summary>
        private byte[]? Gray(PdfDictionary image, ReadOnlySpan<byte> content, int width, int height)
        {
            var isMask = objects.Resolve(image["ImageMask"]) is PdfWord { Value: "true" };
            var bits = isMask ? 1 : (int)(objects.Number(image["BitsPerComponent"]) ?? 8);
            var space = objects.Resolve(image["ColorSpace"]);
            var kind = space is List<object?> { Count: > 0 } list ? objects.Text(list[0]) : objects.Text(space);
            byte[]? palette = null;
            if (kind is "Indexed" or "I" && space is List<object?> { Count: >= 4 } indexed)
            {
                palette = objects.Resolve(indexed[3]) switch
                {
                    PdfString text => text.Bytes,
                    PdfDictionary stream => objects.Filters.Decode(stream, objects.Resolve, out _).ToArray(),
                    _ => null,
                };
            }

            var channels = palette is not null || bits == 1 ? 1
                : kind is "ICCBased" && space is List<object?> { Count: >= 2 } profile ? (int)(objects.Number(objects.Dictionary(profile[1])?["N"]) ?? 3)
                : kind is "DeviceRGB" or "RGB" or "CalRGB" ? 3
                : kind is "DeviceCMYK" or "CMYK" ? 4
                : 1;
            var row = (int)((((long)width * channels * bits) + 7) / 8);
            if (bits is not (1 or 2 or 4 or 8) || channels is < 1 or > 4 || content.Length < (long)row * height)
            {
                return null;
            }

            var colours = palette is null ? 0 : Math.Max(1, palette.Length / Math.Max(1, 1 << bits)) >= 3 || palette.Length % 3 == 0 ? 3 : 1;
            var gray = new byte[width * height];
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    gray[(y * width) + x] = bits == 8 && channels > 1
                        ? Bright(content.Slice((y * row) + (x * channels), channels))
                        : Sample(content[(y * row) + (x * bits / 8)] >> (8 - bits - (x * bits % 8)) & ((1 << bits) - 1), bits, palette, colours);
                }
            }

            return gray;
        }

        private static byte Sample(int value, int bits, byte[]? palette, int colours) =>
            palette is null ? (byte)(value * 255 / ((1 << bits) - 1))
            : (value + 1) * colours <= palette.Length ? Bright(palette.AsSpan(value * colours, colours))
            : (byte)0;

        private static byte Bright(ReadOnlySpan<byte> colour) => colour.Length switch
        {
            3 => (byte)(((colour[0] * 77) + (colour[1] * 151) + (colour[2] * 28)) >> 8),
            4 => (byte)Math.Max(0, 255 - colour[3] - (((colour[0] * 77) + (colour[1] * 151) + (colour[2] * 28)) >> 8)),
            _ => colour[0],
        };
    }
}
