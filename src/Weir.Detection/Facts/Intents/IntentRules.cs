namespace Weir.Detection.Facts.Intents;

/// <summary>
/// What makes an intent: kinds of cues (<c>Lists/intents.txt</c>) that stand together, most often a request and its object. <c>a|b</c> either kind,
/// <c>kind:2</c> two different phrases of the kind. Each kind must be there within the given number of neighbouring sentences.
/// </summary>
internal static class IntentRules
{
    /// <summary>Sentences of a rule whose cues may stand anywhere.</summary>
    public const int Anywhere = int.MaxValue;

    private const int Neighbours = 2;

    /// <summary>Forms list one thing a line.</summary>
    private const int Listing = 5;

    /// <summary>A short notice with its sum, its doubts and its number.</summary>
    private const int Notice = 12;

    public static IReadOnlyList<IntentRule> All { get; } =
    [
        Rule("gift-card", "ask buy gift-card"),
        Rule("gift-card", "buy gift-card card-code"),
        Rule("gift-card", "give gift-card card-code"),
        Rule("gift-card", "ask gift-card press|secret"),
        Rule("gift-card", "gift-card reimburse", Listing),
        Rule("gift-card", "small-task gift-card", Listing),
        Rule("gift-card", "ask gift-card amount", Listing),
        Rule("gift-card", "please buy gift-card press|secret|amount"),

        Rule("gift-card-codes", "ask|give|buy card-code gift-card", Listing),

        Rule("payroll", "my-account pay-word account-word change-word"),

        Rule("bank-change", "our-account change-word pay-verb"),
        Rule("bank-change", "our-account old-account"),
        Rule("bank-change", "old-account pay-verb change-word"),

        Rule("transfer", "ask transfer settle"),
        Rule("transfer", "ask|please transfer press|secret"),
        Rule("transfer", "ask|please transfer amount settle"),
        Rule("transfer", "ask payment-order amount press"),
        Rule("transfer", "ask payment-order secret"),
        Rule("transfer", "ask|please wire-verb amount press|secret", 1),

        Rule("invoice", "ask|please settle invoice press"),
        Rule("invoice", "ask|please settle invoice secret"),

        Rule("business-intelligence", "ask|please give business-list"),

        Rule("business-intelligence", "balance-question give|account-word"),

        Rule("pii", "ask|please|give give pii-strong:2", Listing),
        Rule("pii", "ask|please|give give pii-strong pii-item:2", Listing),
        Rule("pii", "ask|please|give give pii-item:4", Listing),

        Rule("task", "ask small-task"),
        Rule("task", "available small-task"),
        Rule("task", "small-task press|secret"),
        Rule("task", "need-help press|secret"),

        Rule("contact", "available press|secret"),
        Rule("contact", "your-number write-you"),
        Rule("contact", "ask|please|available|press your-number give"),
        Rule("contact", "ask|please private-way"),

        Rule("callback", "charge denied call telephone", Notice),
        Rule("callback", "renewal dispute call telephone", Notice),
        Rule("callback", "charge dispute amount call telephone", 4),

        Rule("extortion", "compromise expose coin", Anywhere),
        Rule("extortion", "compromise coin deadline", Anywhere),
        Rule("extortion", "expose coin deadline", Anywhere),
    ];

    /// <summary>Kinds without which no rule of an intent holds.</summary>
    private static readonly Dictionary<string, string[]> Objects = new(StringComparer.Ordinal)
    {
        ["gift-card"] = ["gift-card"],
        ["gift-card-codes"] = ["card-code"],
        ["payroll"] = ["my-account"],
        ["bank-change"] = ["our-account", "old-account"],
        ["transfer"] = ["transfer", "payment-order", "wire-verb"],
        ["invoice"] = ["invoice"],
        ["business-intelligence"] = ["business-list", "balance-question"],
        ["pii"] = ["pii-strong", "pii-item"],
        ["task"] = ["small-task", "need-help"],
        ["contact"] = ["available", "your-number", "private-way"],
        ["callback"] = ["telephone"],
        ["extortion"] = ["coin"],
    };

    public static IReadOnlyList<string> ObjectsOf(string intent) => Objects[intent];

    private static IntentRule Rule(string intent, string needs, int sentences = Neighbours) => new(intent, Needs(needs), sentences);

    private static IReadOnlyList<CueNeed> Needs(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(need =>
        {
            var pieces = need.Split(':');
            return new CueNeed(pieces[0].Split('|'), pieces.Length > 1 ? pieces[1][0] - '0' : 1);
        })];
}

/// <summary>One way to see an intent.</summary>
/// <param name="Sentences">Within how many neighbouring sentences.</param>
internal sealed record IntentRule(string Intent, IReadOnlyList<CueNeed> Needs, int Sentences);

/// <summary>Cues of one of several kinds, so many different ones.</summary>
internal sealed record CueNeed(string[] Kinds, int Times);
