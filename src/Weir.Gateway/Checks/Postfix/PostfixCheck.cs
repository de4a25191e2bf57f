using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Weir.Gateway.Delivery;
using Weir.Gateway.Listening;
using Weir.Gateway.Milter;
using Weir.Kernel;

namespace Weir.Gateway.Checks.Postfix;

/// <summary>Postfix hands its mail to Weir, holds it back while Weir is down, and lets nobody smuggle: read from its own configuration.</summary>
internal sealed class PostfixCheck(
    IPostconf postconf, IOptions<DoctorOptions> doctor, IOptions<MilterOptions> milter, IOptions<DeliveryOptions> delivery, IEnumerable<IHostedService> services) : ICheck
{
    private static readonly string[] Parameters =
    [
        "queue_directory", "smtpd_milters", "non_smtpd_milters", "milter_protocol", "milter_default_action", "milter_content_timeout", "message_size_limit", "maillog_file",
        "smtpd_forbid_bare_newline", "smtpd_forbid_unauth_pipelining", "smtpd_data_restrictions",
    ];

    public string Name => "Postfix";

    public async ValueTask<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        if (doctor.Value.Postfix == DoctorOptions.Elsewhere)
        {
            return CheckResult.Off("doctor.postfix says that Postfix runs elsewhere: its configuration was not looked at", "Section 3 of docs/install.md says how it should be.");
        }

        if (milter.Value.Listen.Length == 0)
        {
            return CheckResult.Off("No milter is configured, so Postfix's configuration was not looked at");
        }

        if (await postconf.AskAsync(["-x", .. Parameters], cancellationToken) is not { } parameters)
        {
            return CheckResult.Off("There is no postconf here: Postfix's configuration was not looked at", "Where Postfix runs on another machine, section 3 of docs/install.md says how it should be.");
        }

        if (parameters.Code != 0)
        {
            return doctor.Value.Postfix.Length == 0 && parameters.Errors.Contains("main.cf: No such file", StringComparison.Ordinal)
                ? CheckResult.Off("Postfix is installed here and not configured: it was not looked at", "Where its main.cf is elsewhere, name the folder in doctor.postfix.")
                : CheckResult.Failed($"postconf cannot read Postfix's configuration: {parameters.Errors}", "Correct it, or name the folder of main.cf in doctor.postfix (\"none\" when Postfix runs on another machine).");
        }

        var overrides = await postconf.AskAsync(["-P"], cancellationToken);
        var master = await postconf.AskAsync(["-M"], cancellationToken);
        var settings = PostfixSettings.Read(parameters.Output, overrides?.Output ?? "", master?.Output ?? "");
        var weir = services.OfType<MilterServer>().FirstOrDefault()?.Endpoint ?? ListenAddress.Parse(milter.Value.Listen, "milter.listen");
        return [.. Handed(settings, weir), .. WhenDown(settings, weir), .. Smuggling.Look(settings), .. Limits(settings), .. Log(settings)];
    }

    private IEnumerable<CheckResult> Handed(PostfixSettings settings, EndPoint weir)
    {
        var listen = milter.Value.Listen;
        var queue = settings["queue_directory"] ?? "";
        bool NamesWeir(string value) => NamedMilter.Read(value).Any(named => named.IsAt(weir, queue));
        var smtpd = settings["smtpd_milters"] ?? "";
        yield return NamesWeir(smtpd)
            ? new CheckResult(CheckState.Ok, $"smtpd_milters hands mail to Weir ({listen})")
            : new CheckResult(CheckState.Failed, $"smtpd_milters is '{smtpd}': it does not name {listen}, where Weir listens", $"postconf -e 'smtpd_milters = {$"{smtpd} {listen}".Trim()}'; postfix reload");
        foreach (var service in settings.Overrides.Where(setting => setting.Name == "smtpd_milters" && !NamesWeir(setting.Value)))
        {
            yield return new CheckResult(
                CheckState.Warning, $"master.cf gives {service.Service} other milters ('{service.Value}'): mail that comes in there does not pass Weir",
                $"postconf -PX {service.Service}/smtpd_milters; postfix reload. Leave it where a filter hands back mail that has passed Weir before.");
        }

        if (!NamesWeir(settings["non_smtpd_milters"] ?? ""))
        {
            yield return new CheckResult(CheckState.Off, "non_smtpd_milters does not name Weir: mail from sendmail and cron does not pass it", $"If it should: postconf -e 'non_smtpd_milters = {listen}'; postfix reload");
        }

        if (settings["milter_protocol"] is { } protocol && protocol != "6")
        {
            yield return new CheckResult(CheckState.Failed, $"milter_protocol is {protocol}", "postconf -e 'milter_protocol = 6'; postfix reload");
        }
    }

    private static IEnumerable<CheckResult> WhenDown(PostfixSettings settings, EndPoint weir)
    {
        var own = NamedMilter.Read(settings["smtpd_milters"] ?? "").FirstOrDefault(named => named.IsAt(weir, settings["queue_directory"] ?? ""))?.Settings.GetValueOrDefault("default_action");
        var action = own ?? settings["milter_default_action"] ?? "tempfail";
        var meaning = action switch
        {
            "tempfail" or "shutdown" => "",
            "accept" => "while Weir is down, mail is delivered without having been looked at",
            "reject" => "while Weir is down, mail is refused for good and its senders get it back",
            "quarantine" => "while Weir is down, mail waits in Postfix's hold queue, and is not looked at when it is released",
            _ => "nobody here knows what that means",
        };
        yield return meaning.Length == 0
            ? new CheckResult(CheckState.Ok, $"While Weir is down, senders are told to try again (milter_default_action = {action})")
            : new CheckResult(CheckState.Warning, $"milter_default_action is {action}: {meaning}", own is null ? "postconf -e 'milter_default_action = tempfail'; postfix reload" : "Set default_action=tempfail in smtpd_milters, then: postfix reload");
    }

    private IEnumerable<CheckResult> Limits(PostfixSettings settings)
    {
        var progress = milter.Value.ProgressEvery;
        if (settings.Time("milter_content_timeout") is { } patience && patience <= progress)
        {
            yield return new CheckResult(
                CheckState.Failed, $"milter_content_timeout is {settings["milter_content_timeout"]}: Postfix gives up before Weir says for the first time that it is still at work (milter.progressEvery, {progress.TotalSeconds:0.#} s)",
                "postconf -e 'milter_content_timeout = 300s'; postfix reload");
        }

        if (long.TryParse(settings["message_size_limit"], System.Globalization.CultureInfo.InvariantCulture, out var limit) && (limit == 0 || limit > milter.Value.MaxMessageBytes))
        {
            yield return new CheckResult(
                CheckState.Warning, $"message_size_limit is {(limit == 0 ? "off" : $"{limit} bytes")}: Weir refuses mail of more than {milter.Value.MaxMessageBytes} bytes (552) that Postfix would take",
                $"postconf -e 'message_size_limit = {milter.Value.MaxMessageBytes}'; postfix reload; or raise milter.maxMessageBytes.");
        }
    }

    private IEnumerable<CheckResult> Log(PostfixSettings settings)
    {
        var (written, read) = (settings["maillog_file"] ?? "", delivery.Value.PostfixLog);
        if (written.Length == 0 || written.StartsWith("/dev/", StringComparison.Ordinal))
        {
            yield break;
        }

        if (!settings.HasPostlog)
        {
            yield return new CheckResult(CheckState.Failed, $"maillog_file is {written}, but master.cf has no service postlog that writes it", "postconf -M 'postlog/unix-dgram=postlog unix-dgram n - n - 1 postlogd'; postfix reload");
        }

        if (read.Length > 0 && Path.GetFullPath(read) != Path.GetFullPath(written))
        {
            yield return new CheckResult(CheckState.Failed, $"Postfix writes its log to {written}, and Weir reads {read}: it does not learn what was delivered", $"Set delivery.postfixLog to {written} and restart Weir.");
        }
        else if (read.Length == 0)
        {
            yield return new CheckResult(CheckState.Off, $"Postfix writes its log to {written}, and Weir reads none", $"Set delivery.postfixLog to {written} and restart Weir.");
        }
    }
}
