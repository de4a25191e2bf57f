using Microsoft.Extensions.Options;
using Weir.Gateway.Checks.Postfix;
using Weir.Gateway.Delivery;
using Weir.Gateway.Milter;
using Weir.Kernel;

namespace Weir.Gateway.Tests.Checks.Postfix;

public sealed class PostfixCheckTests
{
    private const string Listen = "inet:127.0.0.1:10025";

    private readonly SaidPostconf _postconf = new();
    private MilterOptions _milter = new() { Listen = Listen };
    private DeliveryOptions _delivery = new() { PostfixLog = "/var/log/postfix.log" };
    private DoctorOptions _doctor = new();

    [Fact]
    public async Task As_the_document_says_all_is_well_and_every_line_says_what_is_so()
    {
        var results = await LookAsync();

        Assert.All(results, result => Assert.Equal((CheckState.Ok, ""), (result.State, result.Advice)));
        Assert.Equal(
            ["smtpd_milters hands mail to Weir (inet:127.0.0.1:10025)", "While Weir is down, senders are told to try again (milter_default_action = tempfail)", "Line feeds without CR do not end a message (smtpd_forbid_bare_newline = reject)", "Clients that do not wait for answers are refused (smtpd_forbid_unauth_pipelining = yes)"],
            results.Select(result => result.Text));
    }

    [Theory]
    [InlineData("smtpd_milters", "", CheckState.Failed, "smtpd_milters is ''", "postconf -e 'smtpd_milters = inet:127.0.0.1:10025'")]
    [InlineData("smtpd_milters", "inet:127.0.0.1:8891", CheckState.Failed, "does not name inet:127.0.0.1:10025", "'smtpd_milters = inet:127.0.0.1:8891 inet:127.0.0.1:10025'")]
    [InlineData("non_smtpd_milters", "", CheckState.Off, "sendmail and cron", "postconf -e 'non_smtpd_milters = inet:127.0.0.1:10025'")]
    [InlineData("milter_protocol", "2", CheckState.Failed, "milter_protocol is 2", "milter_protocol = 6")]
    [InlineData("milter_default_action", "accept", CheckState.Warning, "delivered without having been looked at", "milter_default_action = tempfail")]
    [InlineData("milter_default_action", "quarantine", CheckState.Warning, "hold queue", "milter_default_action = tempfail")]
    [InlineData("milter_default_action", "reject", CheckState.Warning, "refused for good", "milter_default_action = tempfail")]
    [InlineData("smtpd_milters", "{ inet:localhost:10025, default_action = accept }", CheckState.Warning, "milter_default_action is accept", "default_action=tempfail in smtpd_milters")]
    [InlineData("smtpd_forbid_bare_newline", "no", CheckState.Failed, "one message can become two", "smtpd_forbid_bare_newline = reject")]
    [InlineData("smtpd_forbid_bare_newline", null, CheckState.Failed, "cannot be told otherwise", "3.7.10")]
    [InlineData("smtpd_forbid_unauth_pipelining", "no", CheckState.Warning, "do not wait", "smtpd_forbid_unauth_pipelining = yes")]
    [InlineData("smtpd_forbid_unauth_pipelining", null, CheckState.Warning, "do not wait", "smtpd_data_restrictions = reject_unauth_pipelining")]
    [InlineData("milter_content_timeout", "5s", CheckState.Failed, "milter_content_timeout is 5s", "milter_content_timeout = 300s")]
    [InlineData("message_size_limit", "0", CheckState.Warning, "message_size_limit is off", "milter.maxMessageBytes")]
    [InlineData("message_size_limit", "67108865", CheckState.Warning, "67108864 bytes (552)", "message_size_limit = 67108864")]
    [InlineData("maillog_file", "/var/log/mail.log", CheckState.Failed, "Postfix writes its log to /var/log/mail.log, and Weir reads /var/log/postfix.log", "Set delivery.postfixLog to /var/log/mail.log")]
    public async Task What_is_otherwise_is_told_with_what_to_do(string name, string? value, CheckState state, string text, string advice)
    {
        _postconf.Main[name] = value;

        var result = Assert.Single(await LookAsync(), result => result.State != CheckState.Ok);

        Assert.Equal(state, result.State);
        Assert.Contains(text, result.Text, StringComparison.Ordinal);
        Assert.Contains(advice, result.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("maillog_file", "")]
    [InlineData("maillog_file", "/dev/stdout")]
    [InlineData("milter_content_timeout", "1m")]
    [InlineData("message_size_limit", "10240000")]
    [InlineData("smtpd_forbid_bare_newline", "normalize")]
    [InlineData("smtpd_milters", "inet:127.0.0.1:8891, { inet:[127.0.0.1]:10025, connect_timeout=10s } unix:/run/x.sock")]
    public async Task Other_right_settings_are_right(string name, string value)
    {
        _postconf.Main[name] = value;

        Assert.All(await LookAsync(), result => Assert.Equal(CheckState.Ok, result.State));
    }

    [Fact]
    public async Task An_old_Postfix_that_refuses_pipelining_at_DATA_is_fine()
    {
        _postconf.Main["smtpd_forbid_unauth_pipelining"] = null;
        _postconf.Main["smtpd_data_restrictions"] = "reject_unauth_pipelining, permit";

        Assert.All(await LookAsync(), result => Assert.Equal(CheckState.Ok, result.State));
    }

    [Fact]
    public async Task A_service_of_master_cf_with_milters_of_its_own_is_named()
    {
        _postconf.Overrides = "submission/inet/smtpd_milters = inet:127.0.0.1:8891\nsmtps/inet/smtpd_milters = inet:127.0.0.1:10025\nsubmission/inet/syslog_name = postfix/submission\n";

        var result = Assert.Single(await LookAsync(), result => result.State != CheckState.Ok);

        Assert.Equal(CheckState.Warning, result.State);
        Assert.Contains("submission/inet", result.Text, StringComparison.Ordinal);
        Assert.StartsWith("postconf -PX submission/inet/smtpd_milters", result.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_nobody_writes_is_told()
    {
        _postconf.Services = "smtp inet n - n - - smtpd\n";

        var result = Assert.Single(await LookAsync(), result => result.State != CheckState.Ok);

        Assert.Contains("no service postlog", result.Text, StringComparison.Ordinal);
        Assert.Contains("postconf -M", result.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unix:/var/spool/postfix/weir/weir.sock", "unix:/weir/weir.sock")]
    [InlineData("unix:/var/spool/postfix/weir/weir.sock", "unix:weir/weir.sock")]
    [InlineData("unix:/run/weir.sock", "unix:/run/weir.sock")]
    [InlineData("inet:0.0.0.0:10025", "inet:192.0.2.1:10025")]
    [InlineData("inet:[::1]:10025", "inet:localhost:10025")]
    [InlineData("inet:192.0.2.1:10025", "inet:mail.corp.example:10025")]
    public async Task Weir_is_known_by_the_names_that_Postfix_has_for_it(string listen, string named)
    {
        _milter = _milter with { Listen = listen };
        _postconf.Main["smtpd_milters"] = _postconf.Main["non_smtpd_milters"] = named;

        Assert.All(await LookAsync(), result => Assert.Equal(CheckState.Ok, result.State));
    }

    [Theory]
    [InlineData("inet:127.0.0.1:10025", "inet:127.0.0.2:10025")]
    [InlineData("inet:127.0.0.1:10025", "inet:127.0.0.1:1002")]
    [InlineData("inet:127.0.0.1:10025", "unix:/run/weir.sock")]
    [InlineData("unix:/run/weir.sock", "unix:/run/weir.sock2")]
    public async Task Another_milter_is_not_taken_for_Weir(string listen, string named)
    {
        _milter = _milter with { Listen = listen };
        _postconf.Main["smtpd_milters"] = named;

        Assert.Contains(await LookAsync(), result => result.State == CheckState.Failed && result.Text.StartsWith("smtpd_milters", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_postconf_it_is_said_and_nothing_fails()
    {
        _postconf.IsInstalled = false;

        var result = Assert.Single(await LookAsync());

        Assert.Equal(CheckState.Off, result.State);
        Assert.Contains("no postconf here", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Postfix_without_configuration_is_said_and_one_whose_folder_is_named_wrongly_fails()
    {
        _postconf.Fails = "postconf: fatal: open /etc/postfix/main.cf: No such file or directory";
        Assert.Equal(CheckState.Off, Assert.Single(await LookAsync()).State);

        _doctor = new DoctorOptions { Postfix = "/etc/postfix-in" };
        var result = Assert.Single(await LookAsync());

        Assert.Equal(CheckState.Failed, result.State);
        Assert.Contains("doctor.postfix", result.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Elsewhere_or_without_a_milter_nobody_is_asked()
    {
        _doctor = new DoctorOptions { Postfix = "none" };
        Assert.Equal(CheckState.Off, Assert.Single(await LookAsync()).State);
        _doctor = new DoctorOptions();
        _milter = new MilterOptions();

        Assert.Equal(CheckState.Off, Assert.Single(await LookAsync()).State);
        Assert.Equal(0, _postconf.Asked);
    }

    [Fact]
    public async Task Without_a_log_to_read_the_right_one_is_named()
    {
        _delivery = new DeliveryOptions();

        var result = Assert.Single(await LookAsync(), result => result.State != CheckState.Ok);

        Assert.Equal((CheckState.Off, "Set delivery.postfixLog to /var/log/postfix.log and restart Weir."), (result.State, result.Advice));
    }

    private async Task<IReadOnlyList<CheckResult>> LookAsync() =>
        await new PostfixCheck(_postconf, Options.Create(_doctor), Options.Create(_milter), Options.Create(_delivery), []).RunAsync(TestContext.Current.CancellationToken);

    /// <summary>Says what the document has an administrator set, but for what a test changes.</summary>
    private sealed class SaidPostconf : IPostconf
    {
        public Dictionary<string, string?> Main { get; } = new(StringComparer.Ordinal)
        {
            ["queue_directory"] = "/var/spool/postfix",
            ["smtpd_milters"] = Listen,
            ["non_smtpd_milters"] = Listen,
            ["milter_protocol"] = "6",
            ["milter_default_action"] = "tempfail",
            ["milter_content_timeout"] = "300s",
            ["message_size_limit"] = "10240000",
            ["maillog_file"] = "/var/log/postfix.log",
            ["smtpd_forbid_bare_newline"] = "reject",
            ["smtpd_forbid_unauth_pipelining"] = "yes",
            ["smtpd_data_restrictions"] = "",
        };

        public string Overrides { get; set; } = "";
        public string Services { get; set; } = "smtp       inet  n       -       n       -       -       smtpd\npostlog    unix-dgram n - n - 1 postlogd\n";
        public bool IsInstalled { get; set; } = true;
        public string Fails { get; set; } = "";
        public int Asked { get; private set; }

        public ValueTask<PostconfAnswer?> AskAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
        {
            Asked++;
            return ValueTask.FromResult(!IsInstalled ? null : Fails.Length > 0 ? new PostconfAnswer(1, "", Fails) : arguments switch
            {
                ["-x", ..] => new PostconfAnswer(0, string.Concat(arguments.Skip(1).Where(name => Main.GetValueOrDefault(name) is not null).Select(name => $"{name} = {Main[name]}\n")), ""),
                ["-P"] => new PostconfAnswer(0, Overrides, ""),
                ["-M"] => new PostconfAnswer(0, Services, ""),
                _ => throw new NotSupportedException(string.Join(' ', arguments)),
            });
        }
    }
}
