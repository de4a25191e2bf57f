using System.Diagnostics;
using System.Text;
using Weir.Mail.Contracts;
using Weir.Sample.Contracts;
using Weir.Sample.Twins;

namespace Weir.Sample.Tests.Twins;

public sealed class LabelledSampleTests
{
    private const int Count = 6_000;

    private static readonly IReadOnlyList<KnownBrand> Brands = [new("paypal", ["paypal.com"]), new("dhl", ["dhl.com", "dhl.de"]), new("netflix", ["netflix.com"]), new("microsoft", ["microsoft.com", "office.com"]), new("sparkasse", ["sparkasse.de"]), new("twitter", ["x.com"]), new("1&1", ["1und1.de"])];

    private static readonly Lazy<List<(LabelledMail Mail, ParsedMessage Parsed)>> Made = new(() => [.. LabelledSample.Generate(7, Count, Brands).AsParallel().AsOrdered().Select(mail => (mail, MailParser.Parse(mail.Raw)))]);

    [Fact]
    public void The_same_seed_gives_the_same_mails_however_many_are_made()
    {
        var few = LabelledSample.Generate(7, 60, Brands).ToList();

        Assert.All(few, mail =>
        {
            var other = Made.Value[mail.Number].Mail;
            Assert.Equal(Encoding.Latin1.GetString(other.Raw.Span), Encoding.Latin1.GetString(mail.Raw.Span));
            Assert.Equal((other.Label, other.Template, other.Envelope.MailFrom, other.Authentication?.Dmarc), (mail.Label, mail.Template, mail.Envelope.MailFrom, mail.Authentication?.Dmarc));
        });
        Assert.NotEqual(few[0].Raw.ToArray(), LabelledSample.Generate(8, 1, Brands).Single().Raw.ToArray());
    }

    [Fact]
    public void Every_template_of_every_class_is_read_without_defects_and_has_no_unfilled_slot()
    {
        var wrong = new List<string>();
        foreach (var (template, labels) in LabelledSample.Templates)
        {
            foreach (var label in labels)
            {
                foreach (var number in Enumerable.Range(0, 12))
                {
                    var mail = LabelledSample.Of(3, number, Brands, template, label);
                    wrong.AddRange(Wrong(mail, MailParser.Parse(mail.Raw)).Select(what => $"{template} {label} {number}: {what}"));
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(40)));
    }

    [Fact]
    public void Marks_of_the_text_files_stay_out_of_the_mails()
    {
        var lines = TwinTexts.Languages.SelectMany(language => TwinTexts.In(language).Themes).SelectMany(theme => theme.Lines.Select(line => (theme.Template, line))).ToList();

        Assert.Contains(lines, pair => pair.line is { Part: "subject", Use: '!' });
        Assert.Contains(lines, pair => pair.line is { Part: "button", Use: '=' });
        Assert.All(lines, pair => Assert.All(pair.line.Choices, choice =>
        {
            Assert.True(choice.Length > 0 && !"?!= |".Contains(choice[0], StringComparison.Ordinal), $"{pair.Template}: {choice}");
            Assert.DoesNotMatch("^(subject|button|rows|from)[!=]?:", choice);
            Assert.DoesNotContain("|", choice, StringComparison.Ordinal);
        }));
        Assert.All(lines.Where(pair => pair.line.Part == "rows"), pair => Assert.All(pair.line.Choices.SelectMany(choice => choice.Split("; ")), row => Assert.Matches("^[^={}]+=.", row)));
    }

    [Fact]
    public void Every_twin_has_its_honest_template()
    {
        Assert.All(LabelledSample.Templates, template => Assert.Contains(SampleLabel.Ham, template.Labels));
        Assert.All(LabelledSample.Templates.Where(template => template.Labels.Count > 1), template =>
        {
            var honest = Enumerable.Range(0, 8).SelectMany(number => Words(LabelledSample.Of(5, number, Brands, template.Template, SampleLabel.Ham))).ToHashSet(StringComparer.OrdinalIgnoreCase);
            var twin = Enumerable.Range(0, 8).SelectMany(number => Words(LabelledSample.Of(5, number, Brands, template.Template, template.Labels[1]))).ToHashSet(StringComparer.OrdinalIgnoreCase);
            Assert.True(honest.Intersect(twin, StringComparer.OrdinalIgnoreCase).Count() > 20, template.Template);
        });
    }

    [Fact]
    public void Every_language_has_both_classes_of_unwanted_mail_from_services_and_from_people()
    {
        var languages = LabelledSample.Templates.Select(template => template.Template.Split('.')[1]).Distinct(StringComparer.Ordinal).ToList();

        Assert.All(languages, language => Assert.All([SampleLabel.Phish, SampleLabel.Spam], label =>
            Assert.Contains(LabelledSample.Templates, template => template.Template.EndsWith($".{language}", StringComparison.Ordinal) && template.Labels.Contains(label))));
        Assert.All((string[])["en", "de", "fr", "es"], language => Assert.True(LabelledSample.Templates.Count(template => template.Template.EndsWith($".{language}", StringComparison.Ordinal)) >= 40, language));
    }

    [Fact]
    public void Nothing_of_the_form_tells_the_classes_apart()
    {
        (string Name, Func<LabelledMail, ParsedMessage, bool> Has)[] properties =
        [
            ("plain only", (_, mail) => mail.HtmlBody.Length == 0),
            ("HTML only", (_, mail) => mail.TextBody.Length == 0),
            ("base64 text", (mail, _) => Text(mail).Contains("Content-Transfer-Encoding: base64", StringComparison.Ordinal)),
            ("quoted-printable", (mail, _) => Text(mail).Contains("quoted-printable", StringComparison.Ordinal)),
            ("List-Unsubscribe", (_, mail) => mail.Header("List-Unsubscribe") is not null),
            ("Precedence", (_, mail) => mail.Header("Precedence") is not null),
            ("User-Agent or X-Mailer", (_, mail) => mail.Header("User-Agent") is not null || mail.Header("X-Mailer") is not null),
            ("References", (_, mail) => mail.References.Count > 0),
            ("Re:", (_, mail) => mail.Subject.StartsWith("Re:", StringComparison.OrdinalIgnoreCase)),
            ("attachment", (_, mail) => mail.Attachments.Count > 0),
            ("time zone of Greenwich", (_, mail) => mail.Date?.Offset == TimeSpan.Zero),
            ("before 2023", (_, mail) => mail.Date?.Year < 2023),
            ("From before To", (_, mail) => mail.Headers.Select(field => field.Name).SkipWhile(name => name is not ("From" or "To")).First() == "From"),
            ("two Received", (_, mail) => mail.Received.Count == 2),
            ("table layout", (_, mail) => mail.HtmlBody.Contains("role=\"presentation\"", StringComparison.Ordinal)),
            ("style sheet", (_, mail) => mail.HtmlBody.Contains("<style", StringComparison.Ordinal)),
            ("counting pixel", (_, mail) => mail.HtmlBody.Contains("width=\"1\" height=\"1\"", StringComparison.Ordinal)),
            ("English", (mail, _) => mail.Language == "en"),
            ("capital letters in the subject", (_, mail) => mail.Subject.Length > 12 && !mail.Subject.Any(char.IsLower)),
            ("a long text", (_, mail) => mail.VisibleText.Length > 500),
            ("ten links and more", (_, mail) => mail.Urls.Count >= 10),
            ("recorded authentication", (mail, _) => mail.Authentication is not null),
        ];
        foreach (var (name, has) in properties)
        {
            var shares = Made.Value.GroupBy(pair => pair.Mail.Label).ToDictionary(group => group.Key, group => group.Average(pair => has(pair.Mail, pair.Parsed) ? 1.0 : 0.0));

            // Length comes from the words, which do differ.
            Assert.True(shares.Values.Max() - shares.Values.Min() < (name == "a long text" ? 0.09 : 0.055), $"{name}: {string.Join(", ", shares.Select(share => $"{share.Key} {share.Value:P1}"))}");
        }
    }

    [Fact]
    public void Known_names_send_about_half_of_what_services_send()
    {
        var services = Made.Value.Where(pair => pair.Mail.Label != SampleLabel.Spam && pair.Mail.Language == "en").ToList();
        var known = services.Count(pair => Brands.Any(brand => pair.Parsed.VisibleText.Contains(brand.Name, StringComparison.OrdinalIgnoreCase) || pair.Parsed.Author?.DisplayName.Contains(brand.Name, StringComparison.OrdinalIgnoreCase) == true));

        Assert.InRange(known / (double)services.Count, 0.3, 0.65);
    }

    [Fact]
    public void Honest_mail_mostly_passes_authentication_and_comes_from_home()
    {
        var honest = Made.Value.Where(pair => pair.Mail.Label == SampleLabel.Ham && pair.Mail.Authentication is not null).Select(pair => pair.Mail.Authentication!).ToList();
        var twins = Made.Value.Where(pair => pair.Mail.Label == SampleLabel.Phish && pair.Mail.Authentication is not null).Select(pair => pair.Mail.Authentication!).ToList();

        Assert.InRange(honest.Average(results => results.Dmarc == DmarcResult.Pass ? 1.0 : 0), 0.8, 0.97);
        Assert.InRange(twins.Average(results => results.Dmarc == DmarcResult.Pass ? 1.0 : 0), 0.3, 0.7);
    }

    [Fact]
    public void Twenty_thousand_are_made_within_half_a_minute()
    {
        var watch = Stopwatch.StartNew();
        var made = LabelledSample.Generate(11, 4_000, Brands).Sum(mail => mail.Raw.Length > 0 ? 1 : 0);

        Assert.Equal(4_000, made);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(6), $"4,000 in {watch.Elapsed}");
    }

    private static IEnumerable<string> Wrong(LabelledMail mail, ParsedMessage parsed)
    {
        foreach (var defect in parsed.Defects)
        {
            yield return $"{defect.Kind} {defect.Detail}";
        }

        var text = parsed.Subject + parsed.TextBody + parsed.HtmlBody;
        if (!mail.Traits.Contains("greeting:placeholder", StringComparer.Ordinal) && System.Text.RegularExpressions.Regex.Match(text, @"\{[a-z-]+\}", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)) is { Success: true } slot)
        {
            yield return $"slot {slot.Value}";
        }

        if (parsed.Author is null || parsed.Subject.Length == 0 || parsed.Date is null)
        {
            yield return "no author, subject or date";
        }

        var isPicture = mail.Traits.Contains("picture-only", StringComparer.Ordinal);
        if (!isPicture && parsed.VisibleText.Length < 60)
        {
            yield return $"text of {parsed.VisibleText.Length}";
        }
    }

    private static string[] Words(LabelledMail mail) => MailParser.Parse(mail.Raw).VisibleText.Split([' ', '\n', '.', ',', '。', '、'], StringSplitOptions.RemoveEmptyEntries);

    private static string Text(LabelledMail mail) => Encoding.Latin1.GetString(mail.Raw.Span);
}
