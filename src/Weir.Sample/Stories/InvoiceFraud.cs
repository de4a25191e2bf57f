using Weir.Sample.Flow;
using Weir.Sample.People;
using Weir.Sample.Writing;

namespace Weir.Sample.Stories;

/// <summary>B: invoice fraud, four days ago. The director's name from a domain one letter off, a thread of five, no link, no file; the accountant answers twice.</summary>
internal sealed class InvoiceFraud : IStory
{
    public string Letter => "B";

    public string Title => "Invoice fraud";

    public IReadOnlyDictionary<string, object> Promises { get; } = new Dictionary<string, object>(StringComparer.Ordinal)
    {
        ["rows"] = 5,
        ["inbound"] = 3,
        ["repliesOfTheAccountant"] = 2,
        ["urls"] = 0,
        ["attachments"] = 0,
        ["senderDomain"] = "nordhavem.example",
    };

    public IEnumerable<Planned> Plan(Cast cast)
    {
        var director = cast.Staff.Director;
        var accountant = cast.Staff.Accountant;
        var company = cast.Strangers.Lookalike;
        (string Name, string Address) fraud = (director.DisplayName, $"{director.Address.Split('@')[0]}@{company.Domain}");
        (string Name, string Address) victim = (accountant.DisplayName, accountant.Address);
        var first = accountant.DisplayName.Split(' ')[0];
        (int Minutes, bool IsInbound, string Text)[] turns =
        [
            (0, true, $"Hello {first},\n\nare you at your desk? I am in a meeting and need your help with a payment that has to leave today. Please answer by mail only, I cannot talk now.\n\n{director.DisplayName}"),
            (14, false, $"Hello,\n\nyes, I am here. What is it about?\n\n{first}"),
            (29, true, $"Good. Please note that our supplier has changed its bank account. The open invoice of EUR 48,300 must be paid to the new account today:\n\nIBAN XX00 0000 0000 0000 0000 00\nBIC TESTXX00\n\nThis is confidential, do not discuss it with anyone until I am back.\n\n{director.DisplayName}"),
            (51, false, $"I have prepared the transfer to the new account. It needs a second signature, shall I ask the CFO?\n\n{first}"),
            (58, true, $"No need, I approve it. Send it as an urgent transfer and confirm to me when it is done.\n\n{director.DisplayName}"),
        ];
        var start = cast.Settings.Now.AddDays(-4);
        var ids = new List<string>();
        foreach (var (index, (minutes, isInbound, text)) in turns.Index())
        {
            var key = $"B.{index}";
            var at = start.AddMinutes(minutes);
            var id = Post.MessageId(key, isInbound ? company.Domain : Staff.Domain);
            string[] before = [.. ids];
            ids.Add(id);
            Draft Write() => new()
            {
                From = isInbound ? fraud : victim,
                To = [isInbound ? victim : fraud],
                Subject = index == 0 ? "Urgent payment" : "Re: Urgent payment",
                Date = at,
                MessageId = id,
                InReplyTo = before.Length > 0 ? before[^1] : "",
                References = before,
                Text = text + "\n",
            };
            var plan = Conversations.NewPlan(key, at, isInbound ? "phish" : "outbound", "B");
            yield return isInbound
                ? cast.Post.Inbound(plan, company, [accountant.Address], Write)
                : cast.Post.Submitted(plan, accountant, [fraud.Address], Write);
        }
    }
}
