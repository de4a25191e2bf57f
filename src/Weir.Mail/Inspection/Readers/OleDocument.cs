using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;
using Weir.Mail.Inspection.Office;
using Weir.Mail.Inspection.Ole;
using Weir.Mail.Inspection.Passwords;

namespace Weir.Mail.Inspection.Readers;

/// <summary>Documents of Office as they were until 2007, and any other compound file: macros, Excel 4.0 macros, DDE, embedded objects, equations, protection.</summary>
internal sealed partial class OleDocument : IFileReader
{
    private const int LongestStream = 16 << 20;
    private const int MostObjects = 100;

    /// <summary>Microsoft's Equation Editor, whose holes are still shot at.</summary>
    private static readonly string[] EquationClasses = ["01ce020000000000c000000000000046", "02ce020000000000c000000000000046", "03ce020000000000c000000000000046"];

    public bool Reads(string fileType) => fileType is "doc" or "xls" or "ppt" or "ole" or "office-encrypted" or "vsd" or "pub" || OfficePackage.IsPackage(fileType);

    public void Read(FileToRead file, FileFindings found)
    {
        if (CompoundFile.Open(file.Content) is not { } ole)
        {
            if (!OfficePackage.IsPackage(file.FileType))
            {
                found.NotRead("the document is broken: its header is cut");
            }

            return;
        }

        if (ole.Find("EncryptedPackage") is not null || ole.Find("EncryptedSummary") is not null)
        {
            found.Encrypted();
            Decrypt(ole, file, found);
        }

        MacroSource.Tell(VbaProject.Modules(ole, ""), found);
        Objects(ole, found);
        foreach (var entry in ole.Entries.Where(entry => entry.IsStream).Take(MostObjects * 10))
        {
            switch (entry.Name)
            {
                case "WordDocument":
                    Word(ole.Read(entry, LongestStream).Span, found);
                    break;
                case "Workbook" or "Book":
                    Excel(ole.Read(entry, LongestStream).Span, file.Passwords, found);
                    break;
                case "PowerPoint Document":
                    PowerPoint(ole, ole.Read(entry, LongestStream), found);
                    break;
                case "\u0005DocumentSummaryInformation":
                    BinaryText.Urls(ole.Read(entry, LongestStream).Span, found);
                    break;
            }
        }

        if (ole.Broken.Length > 0)
        {
            found.NotRead($"the document is broken: {ole.Broken}");
        }
    }

    private static void Decrypt(CompoundFile ole, FileToRead file, FileFindings found)
    {
        if (PackageEncryption.Of(ole) is not { } encryption)
        {
            return;
        }

        foreach (var password in file.Passwords.ForOffice(encryption.SecondsEach))
        {
            if (encryption.Open(password) is { } clear)
            {
                Opens(password, file.Passwords, found);
                found.Embedded(file.FileName, clear);
                return;
            }
        }
    }

    /// <summary>With its standard password Office opens a document without asking; only a scanner is kept out by it.</summary>
    private static void Opens(string password, PasswordTrial passwords, FileFindings found)
    {
        if (password == PasswordTrial.OfficeStandard)
        {
            found.Feature("standard-password", "encrypted with the password that Office tries by itself");
            return;
        }

        passwords.Opens(password);
        found.OpenedWith(passwords);
    }

    private static void Objects(CompoundFile ole, FileFindings found)
    {
        foreach (var entry in ole.Entries.Where(entry => entry.IsStream && entry.Name.EndsWith("Ole10Native", StringComparison.OrdinalIgnoreCase)).Take(MostObjects))
        {
            if (PackagedFile.Of(ole.Read(entry, LongestStream)) is { } package)
            {
                found.Feature("embedded-object", $"embeds the file {package.Name}", place: entry.Path);
                found.Embedded(package.Name, package.Content);
            }
        }

        if (EquationClasses.Contains(ole.RootClass) || ole.Entries.FirstOrDefault(entry => EquationClasses.Contains(entry.Class) || entry.Name.Equals("Equation Native", StringComparison.OrdinalIgnoreCase)) is not null)
        {
            found.Feature("equation-object", "holds an object of the old Equation Editor");
        }
    }

    private static void Word(ReadOnlySpan<byte> document, FileFindings found)
    {
        if (document.Length > 12 && (document[11] & 1) != 0)
        {
            found.Encrypted();
            return;
        }

        foreach (var text in (string[])[Encoding.Latin1.GetString(document), Encoding.Unicode.GetString(document)])
        {
            foreach (var field in DdeField().EnumerateMatches(text))
            {
                found.Feature("dde", $"a field starts a program: {text.AsSpan(field.Index + 1, field.Length - 1)}");
            }
        }

        BinaryText.Urls(document, found);
    }

    private static void Excel(ReadOnlySpan<byte> workbook, PasswordTrial passwords, FileFindings found)
    {
        var records = new ExcelRecords(found);
        records.Read(workbook);
        if (records.IsEncrypted)
        {
            found.Encrypted();
            foreach (var password in passwords.ForOffice(ExcelDecryption.SecondsEach))
            {
                if (ExcelDecryption.Open(workbook, password) is { } clear)
                {
                    Opens(password, passwords, found);
                    new ExcelRecords(found).Read(clear);
                    BinaryText.Urls(clear, found);
                    break;
                }
            }

            return;
        }

        BinaryText.Urls(workbook, found);
    }

    private static void PowerPoint(CompoundFile ole, ReadOnlyMemory<byte> document, FileFindings found)
    {
        var user = ole.Read("Current User", 64).Span;
        if (user.Length >= 16 && BinaryPrimitives.ReadUInt32LittleEndian(user[12..]) == 0xF3D1_C4DF)
        {
            found.Encrypted();
            return;
        }

        foreach (var stored in PowerPointRecords.Objects(document))
        {
            if (CompoundFile.Open(stored) is { } inner && VbaProject.Modules(inner, "PowerPoint Document") is { Count: > 0 } modules)
            {
                MacroSource.Tell(modules, found);
            }
            else
            {
                found.Feature("embedded-object", "embeds an object");
                found.Embedded("object.bin", stored);
            }
        }

        BinaryText.Urls(document.Span, found);
    }

    /// <summary>A field begins with 19; what asks another program for data names it right after.</summary>
    [GeneratedRegex("""\u0013[\s"]{0,20}DDE(AUTO)?[^\u0014\u0015]{1,200}""", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex DdeField();
}
