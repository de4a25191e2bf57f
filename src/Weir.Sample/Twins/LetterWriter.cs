using System.Text;
using Weir.Sample.Contracts;
using Weir.Sample.Files;
using Weir.Sample.Writing;

namespace Weir.Sample.Twins;

/// <summary>Words and links of one mail. The honest one and its twin say much the same; where they lead and how they are put differs.</summary>
internal static class LetterWriter
{
    public static Letter Honest(Case mail)
    {
        var (dice, house, to) = (mail.Dice, mail.House, mail.To);
        var hasLink = ButtonOf(mail) is { Length: > 0 };
        var link = hasLink ? HonestLinks.Main(dice, house, to.Address, mail.Theme.IsPersonal) : "";
        var isNamed = dice.Chance(mail.Theme.IsPersonal ? 0.93 : 0.6);
        return Dressed(mail, new Letter
        {
            Language = mail.Language,
            Brand = house.Name,
            Subject = Subject(mail),
            Greeting = mail.Phrase(mail.Theme.IsPersonal ? "greeting-personal" : isNamed ? "greeting" : "greeting-none"),
            Sentences = Chatty(mail, Sentences(mail)),
            Rows = Rows(mail),
            Button = hasLink ? ButtonOf(mail)! : "",
            Link = link,
            // Honest counters of clicks stand behind honest addresses, too.
            ShownLink = hasLink && mail.Does("address-shown", 0.1) ? (dice.Chance(0.5) ? link : $"www.{house.Domain}") : "",
            SideLinks = [.. Enumerable.Range(0, mail.Form.SideLinks).Select(_ => (mail.Phrase("side"), HonestLinks.Side(dice, house)))],
            Unsubscribe = mail.Form.HasListUnsubscribe ? HonestLinks.Main(dice, house, to.Address, isPersonal: false) : "",
            Pictures = [.. Enumerable.Range(0, mail.Form.RemotePictures).Select(_ => HonestLinks.Picture(dice, house))],
            Pixel = mail.Form.HasPixel ? HonestLinks.Counted(dice, house, to.Address) : "",
            IsPicture = mail.Form.RemotePictures > 0 && mail.Does("picture-only", 0.03),
            Enclosures = Enclosures(mail, link),
        });
    }

    public static Letter Twin(Case mail)
    {
        var (dice, house, to) = (mail.Dice, mail.House, mail.To);
        var isAdvertising = mail.Label == SampleLabel.Spam;
        var hasLink = ButtonOf(mail) is { Length: > 0 };
        var (kind, bad) = FraudLinks.Draw(dice, house, to.Address, isAdvertising);
        if (hasLink)
        {
            mail.Traits.Add($"link:{kind}");
        }

        // Half of the frauds keep the links and the pictures of the mail that they copied.
        var isCopy = dice.Chance(house.IsKnown ? 0.55 : 0.3);
        string Around() => isCopy ? HonestLinks.Side(dice, house) : dice.Chance(0.6) ? bad : HonestLinks.Home(dice, House.Invented(dice, mail.Language));
        string Picture() => isCopy ? HonestLinks.Picture(dice, house) : FraudLinks.Picture(dice, bad, House.Invented(dice, mail.Language));
        var letter = new Letter
        {
            Language = mail.Language,
            Brand = house.Name,
            Subject = mail.Does("subject-tag", 0.13) ? Tricks.Tagged(dice, Subject(mail), to) : Subject(mail),
            Greeting = TwinGreeting(mail),
            Sentences = Pressed(mail, Chatty(mail, Sentences(mail))),
            Rows = Rows(mail),
            Button = hasLink ? ButtonOf(mail)! : "",
            Link = hasLink ? bad : "",
            ShownLink = hasLink && mail.Does("shown-link-elsewhere", 0.11) ? dice.Pick<string>([$"https://www.{house.Domain}/", $"www.{house.Domain}", HonestLinks.Home(dice, house)]) : "",
            SideLinks = [.. Enumerable.Range(0, mail.Form.SideLinks).Select(_ => (mail.Phrase("side"), Around()))],
            Unsubscribe = mail.Form.HasListUnsubscribe ? (isCopy ? HonestLinks.Counted(dice, house, to.Address) : bad) : "",
            Pictures = [.. Enumerable.Range(0, mail.Form.RemotePictures).Select(_ => Picture())],
            Pixel = mail.Form.HasPixel ? (isCopy ? HonestLinks.Counted(dice, house, to.Address) : bad) : "",
            IsPicture = mail.Form.RemotePictures > 0 && mail.Does("picture-only", 0.12),
            Padding = mail.Form.Shape != Shape.Plain && mail.Does("hidden-padding", 0.1) ? Padding(mail) : "",
            Splinter = mail.Form.Shape != Shape.Plain && mail.Does("splinters", 0.04) ? dice.Word(dice.Between(1, 4)) : "",
            Enclosures = Enclosures(mail, bad),
        };
        letter = mail.Form.HasInlinePicture && hasLink && mail.Does("qr", 0.5) ? AsCode(mail, letter) : letter;
        return Dressed(mail, Disguised(mail, letter));
    }

    /// <summary>What any mail has around its text.</summary>
    private static Letter Dressed(Case mail, Letter letter) => letter with
    {
        Subject = (mail.Form.IsReply ? mail.Dice.Pick<string>(["Re: ", "RE: ", mail.Language == "de" ? "AW: " : "Re: ", "Fwd: "]) : mail.Form.Symbol) + (mail.Form.Shouts ? letter.Subject.ToUpperInvariant() + "!" : letter.Subject),
        Closing = mail.Theme.IsPersonal ? $"{mail.Phrase("closing-personal")}\n{mail.Author}{(mail.Dice.Chance(0.4) ? $"\n{mail.House.Name}\n{mail.Slots["phone"]}" : "")}" : $"{mail.Phrase("closing")}\n{mail.House.Name}",
        Footer = mail.Phrase("footer"),
        UnsubscribeText = mail.Phrase("unsubscribe"),
        Quoted = mail.Form.IsReply ? $"{mail.Phrase("wrote")}\n{mail.Phrase("quoted")}" : "",
        Preheader = mail.Form.HasPreheader && letter.Sentences.Count > 0 ? letter.Sentences[^1] : "",
        Sentences = mail.Form.HasAttachment && letter.Enclosures.Count > 0 ? [.. letter.Sentences, mail.Phrase("attached")] : letter.Sentences,
    };

    private static Letter AsCode(Case mail, Letter letter) => letter with
    {
        Sentences = [.. letter.Sentences, mail.Phrase("scan")],
        Link = "",
        ShownLink = "",
        Button = "",
        Enclosures = [.. letter.Enclosures.Where(enclosure => enclosure.ContentId.Length == 0), new Enclosure("code.png", "image/png", QrPicture.Write(letter.Link), $"{mail.Dice.Word(10)}@{mail.Dice.Word(6)}")],
    };

    private static Letter Disguised(Case mail, Letter letter)
    {
        Func<string, string>? change = mail.Does("zero-width", 0.06) ? text => Tricks.ZeroWidth(mail.Dice, text)
            : mail.Does("homoglyphs", 0.06) ? text => Tricks.Homoglyphs(mail.Dice, text)
            : mail.Label == SampleLabel.Spam && mail.Does("digits", 0.06) ? text => Tricks.Digits(mail.Dice, text)
            : null;
        return change is null ? letter : letter with
        {
            Subject = mail.Dice.Chance(0.6) ? change(letter.Subject) : letter.Subject,
            Sentences = [.. letter.Sentences.Select(change)],
            Button = change(letter.Button),
        };
    }

    private static string TwinGreeting(Case mail)
    {
        if (mail.Theme.IsPersonal && mail.Dice.Chance(0.55))
        {
            return mail.Phrase("greeting-personal");
        }

        var how = mail.Dice.Weighted(("named", 24.0), ("none", 46), ("address", 18), ("nothing", 8), ("placeholder", 4));
        if (how != "named")
        {
            mail.Traits.Add($"greeting:{how}");
        }

        var slots = mail.Slots;
        string As(string who) => Phrases.Fill(mail.Dice.Pick(mail.Texts.Words("greeting")), new Dictionary<string, string>(slots, StringComparer.Ordinal) { ["name"] = who, ["first"] = who, ["last"] = who });
        return how switch
        {
            "named" => mail.Phrase("greeting"),
            "none" => mail.Phrase("greeting-none"),
            "address" => As(mail.Dice.Chance(0.6) ? mail.To.Address : mail.To.Local),
            "placeholder" => As(Tricks.Placeholder(mail.Dice)),
            _ => "",
        };
    }

    private static List<string> Pressed(Case mail, List<string> sentences)
    {
        if (mail.Label == SampleLabel.Phish && !mail.Theme.IsPersonal && mail.Does("pressed", 0.3))
        {
            sentences.Insert(mail.Dice.Between(1, sentences.Count), mail.Phrase("urgent"));
        }

        return sentences;
    }

    /// <summary>People write of other things as well.</summary>
    private static List<string> Chatty(Case mail, List<string> sentences)
    {
        while (mail.Theme.IsPersonal && mail.Dice.Chance(mail.IsHonest ? 0.4 : 0.15))
        {
            sentences.Add(mail.Phrase("padding"));
        }

        return sentences;
    }

    /// <summary>Advertising has fewer sentences of its own than the others, and so says more of them: length is no sign.</summary>
    private static List<string> Sentences(Case mail)
    {
        var sentences = new List<string>();
        foreach (var line in mail.Theme.Of("", mail.IsHonest))
        {
            if (!line.IsOptional || mail.Dice.Chance(0.5))
            {
                sentences.AddRange(mail.Dice.Some(line.Choices, mail.Form.IsWordy || (mail.Label == SampleLabel.Spam && mail.Dice.Chance(0.45)) ? 2 : 1).Select(choice => Phrases.Fill(choice, mail.Slots)));
            }
        }

        sentences.AddRange(mail.Dice.Some(mail.Texts.Words("extra"), mail.Form.Extras));
        return sentences;
    }

    private static string Subject(Case mail) => Phrases.Fill(mail.Dice.Pick(ChoicesOf(mail, "subject", mail.Dice)), mail.Slots);

    /// <summary>What the honest mail and its twin share is at times the twin's as well; advertising seldom bothers.</summary>
    private static List<string> ChoicesOf(Case mail, string part, Dice dice)
    {
        var lines = mail.Theme.Of(part, mail.IsHonest).ToList();
        var own = lines.Where(line => line.Use == '!').ToList();
        lines = own.Count > 0 && dice.Chance(mail.Label == SampleLabel.Spam ? 0.92 : 0.6) ? own : lines;
        return [.. lines.SelectMany(line => line.Choices)];
    }

    private static string? ButtonOf(Case mail)
    {
        var lines = ChoicesOf(mail, "button", Dice.For(mail.Form.Order, "button"));
        return lines.Count == 0 ? null : Phrases.Fill(lines[mail.Form.Order % lines.Count], mail.Slots);
    }

    private static List<(string Name, string Value)> Rows(Case mail)
    {
        var lines = mail.Theme.Of("rows", mail.IsHonest).ToList();
        return lines.Count == 0 || mail.Dice.Chance(0.25) ? []
            : [.. Phrases.Fill(mail.Dice.Pick(mail.Dice.Pick(lines).Choices), mail.Slots).Split("; ").Select(row => (row.Split('=')[0], row[(row.IndexOf('=', StringComparison.Ordinal) + 1)..]))];
    }

    private static string Padding(Case mail) => mail.Dice.Chance(0.3)
        ? string.Join(' ', Enumerable.Range(0, mail.Dice.Between(20, 90)).Select(_ => mail.Dice.Word(mail.Dice.Between(3, 9))))
        : string.Join(' ', Enumerable.Range(0, mail.Dice.Between(3, 12)).Select(_ => mail.Phrase("padding")));

    /// <summary>A file name in ASCII, as most programs make them.</summary>
    private static string Plain(string name) => string.Concat(name.Normalize(NormalizationForm.FormD).Where(char.IsAscii)) is { Length: > 0 } plain ? plain : "document";

    private static List<Enclosure> Enclosures(Case mail, string link)
    {
        var dice = mail.Dice;
        List<Enclosure> files = mail.Form.HasInlinePicture ? [new Enclosure("image001.png", "image/png", PngImage.Write(dice, dice.Between(3, 12), dice.Between(2, 6)), $"{dice.Word(10)}@{dice.Word(6)}")] : [];
        if (!mail.Form.HasAttachment)
        {
            return files;
        }

        var kind = mail.IsHonest
            ? dice.Weighted(("pdf", 58.0), ("docx", 16), ("png", 11), ("ics", 7), ("html", 4), ("zip", 4))
            : dice.Weighted(("html", 38.0), ("pdf", 32), ("docx", 10), ("png", 8), ("ics", 4), ("zip", 8));
        mail.Traits.Add($"file:{kind}");
        var name = $"{Plain(mail.Phrase("file")).Replace(' ', dice.Chance(0.5) ? '_' : ' ')}{(dice.Chance(0.5) ? "_" + mail.Slots["ref"] : "")}";
        IReadOnlyList<string> lines = [mail.House.Name, .. Sentences(mail), mail.IsHonest || link.Length == 0 ? mail.Slots["ref"] : link];
        files.Add(kind switch
        {
            "html" => new Enclosure($"{name}.{dice.Pick<string>(["html", "htm", "html", "shtml"])}", "text/html", WebPage.Write(mail, lines, link)),
            "docx" => new Enclosure($"{name}.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", WordFile.Write(lines)),
            "png" => new Enclosure($"{name}.png", "image/png", PngImage.Write(dice, dice.Between(6, 20), dice.Between(4, 14))),
            "ics" => new Enclosure("invite.ics", "text/calendar", CalendarFile.Write($"{dice.Word(20)}@{mail.House.Domain}", lines[^2], mail.Form.Date, mail.Form.Date.AddDays(3), $"office@{mail.House.Domain}", [mail.To.Address])),
            "zip" => new Enclosure($"{name}.zip", "application/zip", ZipFile.Write([($"{name}.pdf", PdfFile.Write(lines[0], lines.Skip(1)))])),
            _ => new Enclosure($"{name}.pdf", "application/pdf", PdfFile.Write(lines[0], lines.Skip(1))),
        });
        return files;
    }
}
