using UglyToad.PdfPig;
using UglyToad.PdfPig.Actions;
using UglyToad.PdfPig.Exceptions;
using Weir.Mail.Contracts;

namespace Weir.Mail.Inspection.Readers;

/// <summary>URLs that stand in the text of a PDF without being links, and, in an encrypted one that opens without a password or with one of the message, its links.</summary>
internal sealed class PdfText : IFileReader
{
    private const int MostPages = 6;
    private const int MostLetters = 60_000;
    private const double SecondsOfPassword = 0.05;

    public bool Reads(string fileType) => fileType == InspectionRequest.PdfText;

    public void Read(FileToRead file, FileFindings found)
    {
        try
        {
            ReadText(file, found);
        }
#pragma warning disable CA1031 // The library throws every type of exception on broken files; what else the file holds is read without it.
        catch (Exception exception) when (exception is not OutOfMemoryException)
#pragma warning restore CA1031
        {
            found.NotRead($"the text of the PDF is broken ({exception.GetType().Name})");
        }
    }

    private static void ReadText(FileToRead file, FileFindings found)
    {
        using var document = Open(file, found);
        if (document is null)
        {
            return;
        }

        var letters = 0;
        for (var number = 1; number <= Math.Min(document.NumberOfPages, MostPages) && letters < MostLetters; number++)
        {
            var page = document.GetPage(number);
            letters += page.Letters.Count;
            found.Text(string.Join(' ', page.GetWords().Select(word => word.Text)));
            if (document.IsEncrypted)
            {
                foreach (var annotation in page.GetAnnotations())
                {
                    if (annotation.Action is UriAction { Uri.Length: > 0 } link)
                    {
                        found.Url(link.Uri);
                    }
                }
            }
        }
    }

    private static PdfDocument? Open(FileToRead file, FileFindings found)
    {
        var bytes = file.Content.ToArray();
        try
        {
            return PdfDocument.Open(bytes, new ParsingOptions { UseLenientParsing = true, SkipMissingFonts = true });
        }
        catch (PdfDocumentEncryptedException)
        {
            found.Encrypted();
        }

        foreach (var password in file.Passwords.Passwords(SecondsOfPassword))
        {
            try
            {
                var opened = PdfDocument.Open(bytes, new ParsingOptions { UseLenientParsing = true, SkipMissingFonts = true, Password = password });
                file.Passwords.Opens(password);
                found.OpenedWith(file.Passwords);
                return opened;
            }
            catch (PdfDocumentEncryptedException)
            {
                // Not this one.
            }
        }

        return null;
    }
}
