using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Weir.Kernel;
using Weir.Mail.Authentication;
using Weir.Mail.Authentication.Arc;
using Weir.Mail.Contracts;
using Weir.Mail.Inspection;
using Weir.Mail.Inspection.Children;

namespace Weir.Mail;

/// <summary>What a message is: its parts, text, URLs, and who really sent it.</summary>
public static class MailModule
{
    public static IServiceCollection AddMail(this IServiceCollection services)
    {
        services.AddSection<MailOptions>("mail");
        services.AddSection<DnsOptions>("dns");
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<DnsOptions>>().Value;
            return options.ZoneFile.Length > 0 ? Contracts.Dns.FromZoneFile(options.ZoneFile) : Contracts.Dns.System(options);
        });
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<MailOptions>>().Value.PublicSuffixList is { Length: > 0 } path
            ? PublicSuffixes.Load(path)
            : PublicSuffixes.BuiltIn);
        services.AddSingleton(provider => new TrustedRelays(provider.GetRequiredService<IOptions<MailOptions>>().Value.TrustedRelays));
        services.AddSingleton<IMailAuthenticator>(provider => new MailAuthenticator(
            provider.GetRequiredService<IDns>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<TrustedRelays>(),
            new TrustedSealers(provider.GetRequiredService<IOptions<MailOptions>>().Value.TrustedArcSealers),
            provider.GetRequiredService<PublicSuffixes>(),
            TimeSpan.FromMilliseconds(provider.GetRequiredService<IOptions<DnsOptions>>().Value.Total)));
        return services;
    }

    /// <summary>Reading of attachments in this process, unless a way to read them is registered before.</summary>
    public static IServiceCollection AddInspection(this IServiceCollection services)
    {
        services.TryAddSingleton(FileInspection.Here);
        return services;
    }

    /// <summary>Reading of attachments in child processes of this program.</summary>
    public static IServiceCollection AddInspectionChildren(this IServiceCollection services, Func<IServiceProvider, InspectionProgram> program)
    {
        services.AddSection<InspectionOptions>("inspection");
        services.AddSingleton(program);
        services.AddSingleton<InspectionPool>();
        services.AddSingleton<IInspectAttachments>(provider => provider.GetRequiredService<InspectionPool>());
        return services;
    }

    /// <summary>An authenticator without a host, for <c>weir analyze</c>.</summary>
    /// <param name="trustedSealers">Forwarders whose ARC seals are believed, as in <c>trusted-arc-sealers</c>.</param>
    public static IMailAuthenticator CreateAuthenticator(IDns dns, TimeProvider time, IReadOnlyList<string>? trustedSealers = null) =>
        new MailAuthenticator(dns, time, TrustedRelays.None, new TrustedSealers(trustedSealers ?? []), PublicSuffixes.BuiltIn, TimeSpan.FromMilliseconds(new DnsOptions().Total));
}
