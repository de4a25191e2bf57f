using Weir.Mail.Contracts;
using Weir.Sample.Contracts;

namespace Weir.Sample.Tests;

public sealed class ParsingTests
{
    /// <summary>What the odd mails are odd by.</summary>
    private static readonly Dictionary<string, string[]> Expected = new(StringComparer.Ordinal)
    {
        ["odd.no-message-id"] = ["missing-message-id"],
        ["odd.no-date"] = ["missing-date"],
        ["odd.two-from"] = ["duplicate-from"],
    };

    private static readonly List<(SampleMail Mail, ParsedMessage Parsed)> Parsed =
    [
        .. SampleOrganisation.Create(new SampleSettings { Now = new DateTimeOffset(2026, 11, 4, 10, 0, 0, TimeSpan.Zero), Days = 14, Messages = 700 })
            .History().OfType<SampleMail>().Select(mail => (mail, MailParser.Parse(mail.Raw))),
    ];

    [Fact]
    public void Every_mail_parses_without_unexpected_defects()
    {
        var wrong = Parsed
            .Select(pair => (pair.Mail.Key, Found: pair.Parsed.Defects.Select(defect => defect.Kind).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList(), Expected: Expected.GetValueOrDefault(pair.Mail.Key) ?? []))
            .Where(mail => !mail.Found.SequenceEqual(mail.Expected, StringComparer.Ordinal))
            .Select(mail => $"{mail.Key}: {string.Join(", ", mail.Found)}, expected {string.Join(", ", mail.Expected)}");

        var text = string.Join('\n', wrong);
        Assert.True(text.Length == 0, text);
    }

    [Fact]
    public void Everyday_mail_has_an_author_a_subject_a_date_and_a_text()
    {
        Assert.All(Parsed.Where(pair => pair.Mail.Story != "odd"), pair =>
        {
            Assert.NotNull(pair.Parsed.Author);
            Assert.NotEmpty(pair.Parsed.Subject);
            Assert.InRange((pair.Mail.At - (pair.Parsed.Date ?? default)).TotalMinutes, 0, 5);
            Assert.NotEmpty(pair.Parsed.VisibleText);
        });
    }

    [Fact]
    public void Attachments_are_what_their_names_say()
    {
        var files = Parsed.SelectMany(pair => pair.Parsed.Attachments).ToList();

        Assert.All(files.Where(file => file.Extension is "pdf" or "docx" or "docm" or "png"), file => Assert.Equal(file.Extension, file.FileType));
        Assert.Contains(files, file => file is { Extension: "zip", IsEncrypted: true });
    }

    [Fact]
    public void Languages_are_those_of_the_house()
    {
        var languages = Parsed.Where(pair => pair.Mail.Story.Length == 0 && pair.Parsed.VisibleText.Length > 120).GroupBy(pair => pair.Parsed.Language, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);

        Assert.All((string[])["en", "de", "fr", "pl"], language => Assert.True(languages.GetValueOrDefault(language) > 10, $"{language}: {languages.GetValueOrDefault(language)}"));
    }
}
