namespace Weir.Sample.Twins;

/// <summary>What a mail looks like. Drawn without regard to what it is, so that nothing here tells honest mail and its twin apart.</summary>
internal sealed record Form
{
    private static readonly string[] Mailers = ["Microsoft Outlook 16.0", "Apple Mail (2.3774.600.62)", "PHPMailer 6.8.0 (https://github.com/PHPMailer/PHPMailer)", "Mozilla Thunderbird", "iPhone Mail (21F90)", "Roundcube Webmail/1.6.5", "Foxmail 7.2", "Zimbra 8.8.15", "Mutt/2.2", "eM Client/9.2"];

    public required Shape Shape { get; init; }
    public required Layout Layout { get; init; }

    /// <summary>For texts that the character set can hold; otherwise UTF-8.</summary>
    public required string Charset { get; init; }

    /// <summary><c>quoted-printable</c>, <c>base64</c> or <c>8bit</c>.</summary>
    public required string Coding { get; init; }

    public required int Order { get; init; }
    public required DateTimeOffset Date { get; init; }
    public required IReadOnlyList<(string Name, string Value)> Fields { get; init; }
    public required bool HasListUnsubscribe { get; init; }
    public required bool IsReply { get; init; }
    public required bool HasAttachment { get; init; }
    public required bool HasInlinePicture { get; init; }
    public required int RemotePictures { get; init; }
    public required bool HasPreheader { get; init; }
    public required bool HasButton { get; init; }
    public required int SideLinks { get; init; }
    public required bool HasFooter { get; init; }
    public required bool NamesRecipientInTo { get; init; }
    public required int Hops { get; init; }
    public required bool UsesEntities { get; init; }
    public required bool HasStyleSheet { get; init; }
    public required bool HasPixel { get; init; }
    public required bool Shouts { get; init; }
    public required string Symbol { get; init; }
    public required bool HasReference { get; init; }

    /// <summary>Sentences that say nothing in particular, as services like to add.</summary>
    public required int Extras { get; init; }

    /// <summary>Says things twice.</summary>
    public required bool IsWordy { get; init; }

    public static Form Draw(Dice dice, bool isPersonal)
    {
        var shape = isPersonal ? dice.Weighted((Shape.Plain, 42.0), (Shape.Html, 12), (Shape.Alternative, 46)) : dice.Weighted((Shape.Plain, 9.0), (Shape.Html, 41), (Shape.Alternative, 50));
        return new Form
        {
            Shape = shape,
            Layout = isPersonal ? dice.Weighted((Layout.Bare, 65.0), (Layout.Office, 35)) : dice.Weighted((Layout.Tables, 45.0), (Layout.Blocks, 30), (Layout.Bare, 17), (Layout.Office, 8)),
            Charset = dice.Weighted(("utf-8", 84.0), ("iso-8859-1", 8), ("windows-1252", 8)),
            Coding = dice.Weighted(("quoted-printable", 55.0), ("base64", 27), ("8bit", 18)),
            Order = dice.Below(1 << 16),
            Date = new DateTimeOffset(2021, 1, 1, 0, 0, 0, TimeSpan.FromHours(dice.Weighted((0, 45.0), (1, 14), (2, 14), (-5, 5), (-7, 6), (-4, 4), (3, 4), (8, 4), (9, 4)))).AddMinutes(dice.Below(5 * 365 * 24 * 60)).AddSeconds(dice.Below(60)),
            Fields = Optional(dice, isPersonal),
            HasListUnsubscribe = dice.Chance(isPersonal ? 0.03 : 0.45),
            IsReply = dice.Chance(isPersonal ? 0.35 : 0.02),
            HasAttachment = dice.Chance(isPersonal ? 0.22 : 0.09),
            HasInlinePicture = shape != Shape.Plain && dice.Chance(0.09),
            RemotePictures = isPersonal ? 0 : dice.Weighted((0, 28.0), (1, 28), (3, 26), (8, 18)),
            HasPreheader = !isPersonal && dice.Chance(0.35),
            HasButton = dice.Chance(isPersonal ? 0.05 : 0.72),
            SideLinks = isPersonal ? 0 : dice.Weighted((0, 25.0), (1, 20), (3, 30), (7, 25)),
            HasFooter = dice.Chance(isPersonal ? 0.1 : 0.75),
            NamesRecipientInTo = dice.Chance(0.4),
            Hops = dice.Between(1, 4),
            UsesEntities = dice.Chance(0.2),
            HasStyleSheet = dice.Chance(0.4),
            HasPixel = !isPersonal && dice.Chance(0.35),
            Shouts = !isPersonal && dice.Chance(0.07),
            Symbol = !isPersonal && dice.Chance(0.12) ? dice.Pick<string>(["🎉 ", "📦 ", "⚠️ ", "✅ ", "🔔 ", "💳 ", "❗ ", "🔥 ", "⏰ "]) : "",
            HasReference = dice.Chance(0.12),
            Extras = isPersonal ? 0 : dice.Weighted((0, 42.0), (2, 23), (4, 20), (6, 15)),
            IsWordy = dice.Chance(0.3),
        };
    }

    private static List<(string Name, string Value)> Optional(Dice dice, bool isPersonal)
    {
        var fields = new List<(string, string)>();
        void Maybe(double chance, string name, string value)
        {
            if (dice.Chance(chance))
            {
                fields.Add((name, value));
            }
        }

        Maybe(isPersonal ? 0.35 : 0.15, dice.Chance(0.5) ? "User-Agent" : "X-Mailer", dice.Pick(Mailers));
        Maybe(isPersonal ? 0.02 : 0.22, "Precedence", dice.Chance(0.7) ? "bulk" : "list");
        Maybe(isPersonal ? 0 : 0.25, "Feedback-ID", $"{dice.Word(6)}:{dice.Between(100, 99_999)}:{dice.Word(5)}");
        Maybe(isPersonal ? 0.02 : 0.12, "Auto-Submitted", "auto-generated");
        Maybe(isPersonal ? 0.12 : 0.06, "X-Priority", dice.Pick<string>(["3", "1", "1 (Highest)"]));
        Maybe(0.06, "Importance", dice.Pick<string>(["normal", "high"]));
        Maybe(isPersonal ? 0.3 : 0.05, "Content-Language", dice.Pick<string>(["en-US", "de-DE", "fr-FR"]));
        Maybe(isPersonal ? 0.25 : 0.05, "Thread-Topic", dice.Word(8));
        Maybe(isPersonal ? 0.2 : 0.04, "X-MS-Has-Attach", "");
        Maybe(isPersonal ? 0.03 : 0.25, dice.Pick<string>(["X-SG-EID", "X-Mailgun-Sid", "X-SES-Outgoing", "X-MC-User", "X-Campaign-ID", "X-Entity-Ref-ID", "X-Report-Abuse-To"]), dice.Word(dice.Between(8, 40)));
        Maybe(0.05, "X-Originating-IP", $"[203.0.113.{dice.Between(1, 254)}]");
        Maybe(0.04, "Organization", House.Invented(dice, "en").Name);
        return fields;
    }
}

/// <summary>Which bodies a mail has.</summary>
internal enum Shape { Plain, Html, Alternative }

/// <summary>Whose way of writing HTML it follows.</summary>
internal enum Layout { Tables, Blocks, Bare, Office }
