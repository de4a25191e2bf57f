using System.Globalization;
using System.Text.Json;
using Weir.Access.Contracts;
using Weir.Detection.Contracts;
using Weir.Directory.Contracts;
using Weir.Events.Contracts;
using Weir.Kernel;

namespace Weir.Detection.Policies;

/// <summary>
/// Reads what the record says of stored mail, a day at a time, and asks the policies in force and the others what they do with it. Verdicts stay as they
/// are: nothing is parsed or judged again. Mail of which no policy could have anything to say is counted, not read.
/// </summary>
internal sealed class PolicyTrial(IQuestions questions, PoliciesInForce inForce, IDirectory directory, TimeProvider time) : IPolicyTrial
{
    private const int MostExamples = 5;

    public async ValueTask<PolicyTrialResult> TryAsync(Caller caller, PolicySet next, int days, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        caller.Require(Permission.SecuritySettingsRead);
        days = Math.Clamp(days, 1, IPolicyTrial.MostDays);
        var to = time.GetUtcNow();
        var from = to.AddDays(-days);
        var now = new PolicyTable(inForce.Current, directory.Current);
        var then = new PolicyTable(PolicyTidying.Of(next), directory.Current);
        // While both watch the question is what they would do; where one acts and the other does not, that is the difference.
        var isWatching = now.Policies.Mode == PolicyMode.Watch && then.Policies.Mode == PolicyMode.Watch;
        var tally = new Tally();
        long messages = 0;
        for (var day = 0; day < days; day++)
        {
            var (end, begin) = (to.AddDays(-day), to.AddDays(-day - 1));
            messages += await CountAsync(caller, begin, end, cancellationToken);
            var files = await FilesAsync(caller, begin, end, now, then, cancellationToken);
            await foreach (var answer in questions.StreamAsync(caller, Of($"{MailKql(now, then)} | sort by Timestamp desc", begin, end), cancellationToken))
            {
                foreach (var row in answer.Rows.Select(cells => new Row(answer, cells)))
                {
                    var subject = row.Subject(files);
                    var (before, after) = (now.Decide(row.Recipient, subject), then.Decide(row.Recipient, subject));
                    tally.Add(row, subject.Verdict, Done(before, isWatching), Done(after, isWatching), after.Policy?.Name ?? "");
                }
            }

            progress?.Report((day + 1.0) / days);
        }

        return new PolicyTrialResult(from, to, messages, tally.Shifts());
    }

    private static PolicyAction Done(PolicyOutcome outcome, bool isWatching) => isWatching || outcome.Held.Length == 0 ? outcome.Action : PolicyAction.NoAction;

    private static Question Of(string kql, DateTimeOffset from, DateTimeOffset to) => new(kql)
    {
        Parameters = new Dictionary<string, object>(StringComparer.Ordinal) { ["begin"] = from.UtcDateTime, ["end"] = to.UtcDateTime },
    };

    /// <summary>Mail that any of these policies could act on.</summary>
    private static string MailKql(PolicyTable now, PolicyTable then)
    {
        var all = new[] { now, then }.SelectMany(table => PolicyNames.Types.SelectMany(table.Of)).Select(each => each.Policy).ToList();
        var level = all.Where(policy => policy.Type == PolicyType.AntiSpam).Min(policy => policy.BulkLevel);
        var languages = all.SelectMany(policy => policy.Languages).Distinct(StringComparer.Ordinal).ToList();
        return string.Create(CultureInfo.InvariantCulture, $$"""
            EmailEvents
            | where Timestamp >= begin and Timestamp < end and EmailAction != ''
            | where ThreatTypes != '' or BulkComplaintLevel >= {{level}}{{(all.Any(policy => policy.FileTypes.Count > 0 || HasActions(policy)) ? " or AttachmentCount > 0" : "")}}{{(languages.Count > 0 ? $" or EmailLanguage in~ ({string.Join(", ", languages.Select(language => $"'{language}'"))})" : "")}}
            | project Timestamp, NetworkMessageId, Recipient = RecipientEmailAddress, Original = extract('"OriginalRecipient":"([^"]*)"', 1, AdditionalFields), Verdict = extract('"Verdict":"([^"]*)"', 1, AdditionalFields),
                Subject, Sender = SenderFromAddress, MailFromDomain = SenderMailFromDomain, Ip = iff(SenderIPv4 != '', SenderIPv4, SenderIPv6), BulkComplaintLevel, ThreatTypes, DetectionMethods, ConfidenceLevel, OrgLevelAction, EmailLanguage
            """);
    }

    private static bool HasActions(Policy policy) => policy.Type == PolicyType.SafeAttachments && policy.Actions.Values.Any(action => action != PolicyAction.NoAction);

    private async ValueTask<long> CountAsync(Caller caller, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var answer = await questions.AskAsync(caller, Of("EmailEvents | where Timestamp >= begin and Timestamp < end and EmailAction != '' | count", from, to), cancellationToken);
        return Convert.ToInt64(answer.Rows[0][0], CultureInfo.InvariantCulture);
    }

    /// <summary>What is known of files and links, of messages only where a policy asks for it.</summary>
    private async ValueTask<Files> FilesAsync(Caller caller, DateTimeOffset from, DateTimeOffset to, PolicyTable now, PolicyTable then, CancellationToken cancellationToken)
    {
        var files = new Files();
        var all = new[] { now, then }.SelectMany(table => PolicyNames.Types.SelectMany(table.Of)).Select(each => each.Policy).ToList();
        if (all.Any(policy => policy.FileTypes.Count > 0))
        {
            await foreach (var answer in questions.StreamAsync(caller, Of("EmailAttachmentInfo | where Timestamp >= begin and Timestamp < end | distinct NetworkMessageId, FileExtension, AdditionalFields", from, to), cancellationToken))
            {
                foreach (var cells in answer.Rows)
                {
                    files.AddExtensions((string)cells[0]!, (string)cells[1]!, (string)cells[2]!);
                }
            }
        }

        if (all.Any(HasActions))
        {
            await foreach (var answer in questions.StreamAsync(caller, Of(
                "WeirMessageEvidence | where Timestamp >= begin and Timestamp < end | extend All = tostring(Signals) | where All contains '\"attachment-' | project NetworkMessageId, Unread = All contains '\"attachment-not-inspected', Encrypted = All contains '\"attachment-encrypted'", from, to), cancellationToken))
            {
                foreach (var cells in answer.Rows)
                {
                    files.AddSignals((string)cells[0]!, cells[1] is true, cells[2] is true);
                }
            }
        }

        var simulations = new[] { now, then }.SelectMany(table => table.Policies.AdvancedDelivery.Simulations).ToList();
        if (simulations.Exists(simulation => simulation.Urls.Count > 0))
        {
            var question = Of("EmailUrlInfo | where Timestamp >= begin and Timestamp < end | join kind=inner (EmailEvents | where Timestamp >= begin and Timestamp < end and SenderMailFromDomain in~ (domains) | distinct NetworkMessageId) on NetworkMessageId | project NetworkMessageId, Url", from, to);
            question = question with { Parameters = new Dictionary<string, object>(question.Parameters, StringComparer.Ordinal) { ["domains"] = simulations.SelectMany(simulation => simulation.Domains).Distinct(StringComparer.Ordinal).ToList() } };
            await foreach (var answer in questions.StreamAsync(caller, question, cancellationToken))
            {
                foreach (var cells in answer.Rows)
                {
                    files.AddUrl((string)cells[0]!, (string)cells[1]!);
                }
            }
        }

        return files;
    }

    /// <summary>Files and links of messages, by their ids.</summary>
    private sealed class Files
    {
        private readonly Dictionary<string, HashSet<string>> _extensions = new(StringComparer.Ordinal);
        private readonly Dictionary<string, List<string>> _urls = new(StringComparer.Ordinal);
        private readonly HashSet<string> _unread = new(StringComparer.Ordinal);
        private readonly HashSet<string> _encrypted = new(StringComparer.Ordinal);

        public List<string> ExtensionsOf(string id) => _extensions.TryGetValue(id, out var found) ? [.. found] : [];

        public List<string> UrlsOf(string id) => _urls.GetValueOrDefault(id) ?? [];

        public bool IsUnread(string id) => _unread.Contains(id);

        public bool IsEncrypted(string id) => _encrypted.Contains(id);

        public void AddUrl(string id, string url)
        {
            if (!_urls.TryGetValue(id, out var urls))
            {
                _urls.Add(id, urls = []);
            }

            urls.Add(url);
        }

        public void AddSignals(string id, bool isUnread, bool isEncrypted)
        {
            if (isUnread)
            {
                _unread.Add(id);
            }

            if (isEncrypted)
            {
                _encrypted.Add(id);
            }
        }

        public void AddExtensions(string id, string extension, string more)
        {
            if (!_extensions.TryGetValue(id, out var known))
            {
                _extensions.Add(id, known = new HashSet<string>(StringComparer.Ordinal));
            }

            known.Add(extension.TrimStart('.').ToLowerInvariant());
            using var fields = JsonDocument.Parse(more.Length == 0 ? "{}" : more);
            if (fields.RootElement.TryGetProperty("Members", out var members) && members.ValueKind == JsonValueKind.Array)
            {
                known.UnionWith(members.EnumerateArray().Select(member => SubjectOf.ExtensionOf(member.GetString() ?? "")));
            }

            known.Remove("");
        }
    }

    /// <summary>A message to one recipient, as the record has it.</summary>
    private sealed class Row(Answer answer, object?[] cells)
    {
        /// <summary>Who was asked for when it came: policies look at the envelope, before a list is resolved.</summary>
        public string Recipient => Text("Original") is { Length: > 0 } original ? original : Text("Recipient");

        public TriedMessage Tried(string policy) => new(
            NetworkMessageId.Parse(Text("NetworkMessageId"), provider: null), Text("Recipient"),
            new DateTimeOffset(DateTime.SpecifyKind((DateTime)cells[answer.IndexOf("Timestamp")]!, DateTimeKind.Utc)), Text("Subject"), Text("Sender"), policy);

        public PolicySubject Subject(Files files)
        {
            var id = Text("NetworkMessageId");
            var threat = Text("ThreatTypes").Split(',')[0].Trim();
            return new PolicySubject
            {
                Verdict = SubjectOf.VerdictOf(Text("Verdict")),
                IsSure = Text("ConfidenceLevel").Contains("\"Spam\":\"9\"", StringComparison.Ordinal),
                BulkComplaintLevel = Convert.ToInt32(cells[answer.IndexOf("BulkComplaintLevel")] ?? 0, CultureInfo.InvariantCulture),
                Technology = First(Text("DetectionMethods"), threat),
                IsAllowed = Text("OrgLevelAction") == "Allow",
                FileExtensions = files.ExtensionsOf(id),
                HasUnreadFile = files.IsUnread(id),
                HasEncryptedFile = files.IsEncrypted(id),
                Language = Text("EmailLanguage"),
                SendingDomains = [Text("MailFromDomain")],
                ClientIp = Text("Ip"),
                Urls = files.UrlsOf(id),
            };
        }

        /// <summary>The technology that is named first for a threat: the strongest.</summary>
        private static DetectionTechnology? First(string methods, string threat)
        {
            if (methods.Length == 0 || threat.Length == 0)
            {
                return null;
            }

            using var json = JsonDocument.Parse(methods);
            return json.RootElement.TryGetProperty(threat, out var names) && names.ValueKind == JsonValueKind.Array && names.GetArrayLength() > 0 ? SubjectOf.TechnologyOf(names[0].GetString() ?? "") : null;
        }

        private string Text(string column) => Convert.ToString(cells[answer.IndexOf(column)], CultureInfo.InvariantCulture) ?? "";
    }

    private sealed class Tally
    {
        private readonly Dictionary<(Verdict Verdict, PolicyAction From, PolicyAction To), (long Count, List<TriedMessage> Examples)> _found = [];

        public void Add(Row row, Verdict verdict, PolicyAction from, PolicyAction to, string policy)
        {
            if (from == to)
            {
                return;
            }

            var (count, examples) = _found.GetValueOrDefault((verdict, from, to), (0, []));
            if (examples.Count < MostExamples)
            {
                examples.Add(row.Tried(policy));
            }

            _found[(verdict, from, to)] = (count + 1, examples);
        }

        public IReadOnlyList<PolicyShift> Shifts() =>
            [.. _found.OrderByDescending(pair => pair.Value.Count).ThenByDescending(pair => pair.Key.Verdict).Select(pair => new PolicyShift(pair.Key.Verdict, pair.Key.From, pair.Key.To, pair.Value.Count, pair.Value.Examples))];
    }
}
