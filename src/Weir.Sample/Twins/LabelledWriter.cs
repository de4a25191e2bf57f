using System.Collections.Concurrent;
using System.Globalization;
using Weir.Mail.Contracts;
using Weir.Sample.Contracts;
using Weir.Sample.Writing;

namespace Weir.Sample.Twins;

/// <summary>Draws what a labelled mail is, and writes it.</summary>
internal sealed class LabelledWriter(int seed, IReadOnlyList<KnownBrand> brands)
{
    private static readonly (string Language, double Share)[] Shares = [.. ((string, double)[])[("en", 34), ("de", 18), ("fr", 15), ("es", 13), ("pt", 6), ("it", 5), ("nl", 5), ("pl", 2), ("ja", 2)]];
    private readonly ConcurrentDictionary<string, IReadOnlyList<KnownBrand>> _fitting = new(StringComparer.Ordinal);
    private readonly (string, double)[] _languages = [.. Shares.Where(share => TwinTexts.Languages.Contains(share.Language, StringComparer.Ordinal))];

    public LabelledMail Write(int number)
    {
        var dice = Dice.For(seed, "labelled", number);
        var texts = TwinTexts.In(dice.Weighted(_languages));
        var label = dice.Weighted((SampleLabel.Ham, 50.0), (SampleLabel.Phish, 32), (SampleLabel.Spam, 18));
        var isPersonal = dice.Chance(0.25);
        return Write(number, dice, dice.Pick([.. texts.Themes.Where(theme => theme.Labels.Contains(label) && theme.IsPersonal == isPersonal)]), label);
    }

    public LabelledMail Write(int number, string template, SampleLabel label)
    {
        var theme = TwinTexts.Languages.SelectMany(language => TwinTexts.In(language).Themes).FirstOrDefault(theme => theme.Template == template && theme.Labels.Contains(label))
            ?? throw new ArgumentException($"no template {template} with {label}", nameof(template));
        return Write(number, Dice.For(seed, "labelled", number), theme, label);
    }

    private LabelledMail Write(int number, Dice dice, TwinTheme theme, SampleLabel label)
    {
        var mail = CaseOf(number, dice, theme, label);
        var origin = OriginOf(mail);
        var letter = mail.IsHonest ? LetterWriter.Honest(mail) : LetterWriter.Twin(mail);
        mail.Traits.Insert(0, $"from:{origin.Kind}");
        var form = mail.Form;
        var ip = dice.Pick<string>(["192.0.2.", "198.51.100.", "203.0.113."]) + dice.Between(1, 254).ToString(CultureInfo.InvariantCulture);
        return new LabelledMail
        {
            Number = number,
            Label = label,
            Theme = theme.Name,
            Language = theme.Language,
            Template = theme.Template,
            Traits = mail.Traits,
            Raw = Mime.Write(letter, form, Fields(mail, origin, letter), Received(mail, origin, ip)),
            Envelope = new Envelope { MailFrom = origin.MailFrom, Recipients = [mail.To.Address], ClientIp = ip, Helo = origin.Helo },
            Authentication = Dice.For(seed, "recorded", number).Chance(0.67) ? origin.Authentication : null,
        };
    }

    private Case CaseOf(int number, Dice dice, TwinTheme theme, SampleLabel label)
    {
        var texts = TwinTexts.In(theme.Language);
        var form = Form.Draw(Dice.For(seed, "form", number), theme.IsPersonal);
        var to = Recipients.Draw(dice, theme.Language);
        var fitting = theme.IsPersonal ? [] : _fitting.GetOrAdd(string.Join(',', theme.Kinds), kinds => [.. brands.Where(brand => brand.Domains.Count > 0 && House.Fits(brand, kinds.Split(',', StringSplitOptions.RemoveEmptyEntries)))]);
        // Spammers sell under names that nobody knows; their honest counterparts are as unknown, or the name would tell.
        var known = theme.Unwanted == SampleLabel.Spam ? 0.2 : theme.IsPersonal ? 0 : 0.68;
        var house = fitting.Count > 0 && dice.Chance(known) ? House.Of(dice.Pick(fitting)) : House.Invented(dice, theme.Language, House.Suffix(dice, theme.Kinds));
        return new Case
        {
            Dice = dice,
            Theme = theme,
            Texts = texts,
            Label = label,
            Form = form,
            House = house,
            To = to,
            Author = theme.IsPersonal ? Recipients.Person(dice, theme.Language) : "",
            Slots = TwinSlots.Of(dice, texts, theme.Language, house, to, form.Date),
        };
    }

    private static Origin OriginOf(Case mail)
    {
        var (dice, theme) = (mail.Dice, mail.Theme);
        var roles = theme.Of("from", mail.IsHonest).SelectMany(line => line.Choices).ToList();
        var role = roles.Count > 0 ? Phrases.Fill(dice.Pick(roles), mail.Slots) : mail.Phrase("role");
        if (!mail.IsHonest)
        {
            var shown = theme.IsPersonal ? mail.Author : dice.Below(3) switch { 0 => $"{mail.House.Name} {role}", 1 => role, _ => mail.House.Name };
            return FraudOrigins.Draw(dice, mail.House, mail.To, shown, mail.Language, theme.IsPersonal, mail.Label == SampleLabel.Spam);
        }

        if (theme.Name is "bounce")
        {
            return HonestOrigins.OfService(dice, mail.House, role) with
            {
                Kind = "bounce",
                Name = role,
                Address = dice.Pick<string>([$"MAILER-DAEMON@mail.{mail.House.Domain}", $"postmaster@{mail.House.Domain}", $"mailer-daemon@{mail.To.Domain}"]),
                MailFrom = "",
                ReplyTo = "",
            };
        }

        if (!theme.IsPersonal)
        {
            return HonestOrigins.OfService(dice, mail.House, role);
        }

        var domain = dice.Weighted((mail.House.Domain, 45.0), (mail.To.Domain, 33), (dice.Pick(Recipients.Free), 22));
        return theme.Name.StartsWith("list-", StringComparison.Ordinal)
            ? HonestOrigins.OfList(dice, mail.Author, domain, mail.House)
            : HonestOrigins.OfPerson(dice, mail.Author, domain) is var origin && theme.Name == "auto-reply" ? origin with { MailFrom = dice.Chance(0.6) ? "" : origin.MailFrom } : origin;
    }

    private List<(string Name, string Value)> Fields(Case mail, Origin origin, Letter letter)
    {
        var (dice, form, to) = (mail.Dice, mail.Form, mail.To);
        List<(string Name, string Value)> fields =
        [
            ("From", Mailbox(origin.Name, origin.Address)),
            ("To", mail.Does("undisclosed", mail.IsHonest ? 0.02 : 0.05) ? "undisclosed-recipients:;" : form.NamesRecipientInTo ? Mailbox(to.Name, to.Address) : to.Address),
            ("Subject", letter.Subject),
            ("Date", string.Create(CultureInfo.InvariantCulture, $"{form.Date:ddd, dd MMM yyyy HH:mm:ss} {form.Date.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal)}")),
            ("Message-ID", MessageId(dice, form, origin.MessageIdDomain)),
            .. form.Fields,
        ];
        if (origin.ReplyTo.Length > 0)
        {
            fields.Add(("Reply-To", origin.ReplyTo));
        }

        if (form.HasListUnsubscribe)
        {
            fields.Add(("List-Unsubscribe", (form.Order % 3) switch { 0 => $"<{letter.Unsubscribe}>", 1 => $"<mailto:unsubscribe-{dice.Word(12)}@{origin.Domain}>", _ => $"<mailto:leave@{origin.Domain}>, <{letter.Unsubscribe}>" }));
            if (form.Order % 2 == 0)
            {
                fields.Add(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
            }
        }

        if (form.IsReply || form.HasReference)
        {
            var earlier = MessageId(Dice.For(seed, "earlier", form.Order), form, form.IsReply ? to.Domain : origin.MessageIdDomain);
            fields.Add(("References", earlier));
            if (form.IsReply)
            {
                fields.Add(("In-Reply-To", earlier));
            }
        }

        return Dice.For(seed, "order", form.Order).Some(fields, fields.Count);
    }

    private List<string> Received(Case mail, Origin origin, string ip)
    {
        var form = mail.Form;
        var dice = Dice.For(seed, "hops", form.Order, mail.To.Address);
        var hops = new List<string> { Draft.Hop(origin.Helo.Trim('[', ']'), ip, $"mx{dice.Between(1, 3)}.{mail.To.Domain}", dice.Pick<string>(["ESMTPS", "ESMTP", "ESMTPSA"]), dice.Word(10), form.Date.AddSeconds(dice.Between(1, 40))) };
        for (var hop = 1; hop < form.Hops; hop++)
        {
            hops.Add(Draft.Hop($"{dice.Word(6)}.{origin.Domain}", $"192.0.2.{dice.Between(1, 254)}", origin.Helo.Trim('[', ']'), dice.Pick<string>(["ESMTPSA", "ESMTP", "HTTP"]), dice.Word(10), form.Date.AddSeconds(dice.Between(0, 1))));
        }

        return hops;
    }

    private static string MessageId(Dice dice, Form form, string domain) => (form.Order % 5) switch
    {
        0 => $"<{dice.Word(32)}@{domain}>",
        1 => FormattableString.Invariant($"<{form.Date.ToUnixTimeSeconds()}.{dice.Between(1000, 999_999)}.{dice.Between(1, 99)}@{domain}>"),
        2 => $"<{dice.Word(8)}-{dice.Word(4)}-{dice.Word(4)}-{dice.Word(4)}-{dice.Word(12)}@{domain}>",
        3 => FormattableString.Invariant($"<{form.Date:yyyyMMddHHmmss}.{dice.Word(8).ToUpperInvariant()}@{domain}>"),
        _ => $"<CA{dice.Word(26)}@{domain}>",
    };

    private static string Mailbox(string name, string address) => name.Length == 0 ? address : $"\"{name.Replace("\"", "", StringComparison.Ordinal)}\" <{address}>";
}
