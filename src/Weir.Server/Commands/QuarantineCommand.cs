using System.CommandLine;
using Weir.Response.Contracts;
using Weir.Server.Local;

namespace Weir.Server.Commands;

/// <summary><c>weir quarantine</c>: held mail, what recipients may do with it, and digests.</summary>
internal sealed class QuarantineCommand : ICliCommand
{
    private readonly Option<DirectoryInfo> _data = DataOption.Create();
    private readonly Option<string> _note = new("--note") { Description = "Told to who asked for it, and kept." };
    private readonly Argument<string[]> _messages = new("MESSAGE") { Description = "Network message ids, for all recipients; or \"ID RECIPIENT\" for one.", Arity = ArgumentArity.OneOrMore };

    public Command Build()
    {
        var also = new Option<string[]>("--also-to") { Description = "Others who get a copy.", AllowMultipleArgumentsPerToken = true };
        var release = new Command("release", "Gives messages to their recipients, as they came, once.") { _messages, also, _note, _data };
        release.SetAction((parsed, token) => DoAsync(parsed, Of(parsed, QuarantineDeed.Release) with { AlsoTo = parsed.GetValue(also) ?? [] }, token));
        var deny = new Command("deny", "Says no to requests for release.") { _messages, _note, _data };
        deny.SetAction((parsed, token) => DoAsync(parsed, Of(parsed, QuarantineDeed.Deny), token));
        var delete = new Command("delete", "Deletes messages for good.") { _messages, _data };
        delete.SetAction((parsed, token) => DoAsync(parsed, Of(parsed, QuarantineDeed.Delete), token));
        var outbox = new Command("outbox", "Shows Weir's own mail: what was sent, and what waits for the mail server.") { _data };
        outbox.SetAction((parsed, token) => DoAsync(parsed, new QuarantineRequest(QuarantineDeed.Outbox), token));
        return new Command("quarantine", "Mail that is held back: search, release, delete; quarantine policies and digests.") { List(), release, deny, delete, Policies(), Digests(), outbox };
    }

    private Command List()
    {
        var find = new Option<string>("--find") { Description = "In subject, sender, recipient or Message-ID; * stands for anything." };
        var recipient = new Option<string>("--recipient");
        var sender = new Option<string>("--sender");
        var where = new Option<string>("--where") { Description = "A KQL condition on EmailEvents." };
        var status = new Option<ReleaseStatus?>("--status");
        var take = new Option<int>("--take") { DefaultValueFactory = _ => 100 };
        var skip = new Option<int>("--skip");
        var list = new Command("list", "Shows what is held, the newest first.") { find, recipient, sender, where, status, take, skip, _data };
        list.SetAction((parsed, token) => DoAsync(
            parsed,
            new QuarantineRequest(QuarantineDeed.List, new QuarantineQuery
            {
                Find = parsed.GetValue(find) ?? "",
                Recipient = parsed.GetValue(recipient) ?? "",
                Sender = parsed.GetValue(sender) ?? "",
                Where = parsed.GetValue(where) ?? "",
                Statuses = parsed.GetValue(status) is { } one ? [one] : [],
                Take = Math.Clamp(parsed.GetValue(take), 1, 100_000),
                Skip = Math.Max(0, parsed.GetValue(skip)),
            }),
            token));
        return list;
    }

    private Command Policies()
    {
        var name = new Argument<string>("NAME");
        var rights = new Option<int>("--rights") { Description = "Sum of 1 delete, 2 preview, 4 release, 8 request release, 16 block sender, 32 allow sender, 64 download, 128 view header.", DefaultValueFactory = _ => (int)QuarantineRights.Limited };
        var days = new Option<int>("--days") { Description = "For how long mail is held, 1 to 365.", DefaultValueFactory = _ => QuarantinePolicy.UsualDays };
        var notifies = new Option<bool>("--digests") { Description = "Recipients are told of what is held." };
        var set = new Command("set", "Makes a quarantine policy, or changes one; of a preset only the days.") { name, rights, days, notifies, _data };
        set.SetAction((parsed, token) =>
        {
            var preset = QuarantinePolicy.Presets.FirstOrDefault(preset => preset.Name.Equals(parsed.GetRequiredValue(name), StringComparison.OrdinalIgnoreCase));
            var policy = preset is null
                ? new QuarantinePolicy(parsed.GetRequiredValue(name), (QuarantineRights)parsed.GetValue(rights), parsed.GetValue(days), parsed.GetValue(notifies))
                : preset with { Days = parsed.GetValue(days) };
            return DoAsync(parsed, new QuarantineRequest(QuarantineDeed.SetPolicy, Policy: policy), token);
        });
        var remove = new Command("remove", "Takes a quarantine policy away; what it held goes by the preset of its reason.") { name, _data };
        remove.SetAction((parsed, token) => DoAsync(parsed, new QuarantineRequest(QuarantineDeed.RemovePolicy, Policy: new QuarantinePolicy(parsed.GetRequiredValue(name), QuarantineRights.None, 1, Notifies: false)), token));
        var list = new Command("list", "Shows the quarantine policies.") { _data };
        list.SetAction((parsed, token) => DoAsync(parsed, new QuarantineRequest(QuarantineDeed.Policies), token));
        return new Command("policy", "What recipients may do with mail held from them, and for how long it is held.") { list, set, remove };
    }

    private Command Digests()
    {
        var every = new Option<DigestFrequency?>("--every") { Description = "fourHours, daily or weekly." };
        var hour = new Option<int>("--hour") { DefaultValueFactory = _ => 8 };
        var zone = new Option<string>("--zone") { Description = "IANA time zone, such as Europe/Berlin.", DefaultValueFactory = _ => "Etc/UTC" };
        var copy = new Option<string>("--copy-to") { Description = "One address that gets a digest of everything that is held." };
        var digests = new Command("digests", "Shows how often digests go out, or sets it.") { every, hour, zone, copy, _data };
        digests.SetAction((parsed, token) => DoAsync(
            parsed,
            parsed.GetValue(every) is { } frequency
                ? new QuarantineRequest(QuarantineDeed.SetDigests, Digests: new DigestSettings(frequency, parsed.GetValue(hour), parsed.GetValue(zone) ?? "", parsed.GetValue(copy) ?? ""))
                : new QuarantineRequest(QuarantineDeed.Digests),
            token));
        return digests;
    }

    private QuarantineRequest Of(ParseResult parsed, QuarantineDeed deed) => new(deed, Keys: parsed.GetValue(_messages) ?? [], Note: deed == QuarantineDeed.Delete ? "" : parsed.GetValue(_note) ?? "");

    private async Task<int> DoAsync(ParseResult parsed, QuarantineRequest request, CancellationToken cancellationToken)
    {
        var directory = parsed.DirectoryOf(_data);
        return await HeldDirectory.TellAsync(
            directory,
            services => LocalQuarantine.DoAsync(services, Environment.UserName, request, cancellationToken),
            () => LocalQuarantine.AskAsync(directory, request, cancellationToken),
            async answer =>
            {
                foreach (var line in answer.Lines)
                {
                    await Console.Out.WriteLineAsync(line);
                }

                if (answer.Problem.Length > 0)
                {
                    await Console.Error.WriteLineAsync(answer.Problem);
                }

                return answer.Problem.Length > 0 ? 1 : 0;
            },
            cancellationToken);
    }
}
