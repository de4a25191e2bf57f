using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Weir.Portal.Access;
using Weir.Portal.Emails;
using Weir.Portal.Explorer;
using Weir.Portal.Hunting;
using Weir.Portal.Security;
using Weir.Portal.Shell;

namespace Weir.Portal;

/// <summary>The pages that people see.</summary>
public static class PortalModule
{
    public static IServiceCollection AddPortal(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents(circuits => circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(10))
            // A query in the editor is one message; a larger one than the engine reads ends the circuit.
            .AddHubOptions(hub => hub.MaximumReceiveMessageSize = 4 << 20);
        services.AddCascadingAuthenticationState();
        services.AddHttpContextAccessor();
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "weir-antiforgery";
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
        {
            cookie.Cookie.Name = "weir-session";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = TimeSpan.FromHours(12);
            cookie.LoginPath = "/sign-in";
            cookie.ReturnUrlParameter = "returnUrl";
        });
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, ForbiddenAnswer>();
        services.AddSingleton<KnownCallers>();
        services.AddSingleton<IAuthorizationHandler, PermissionCheck>();
        services.TryAddSingleton<IHostNotice, NoNotice>();
        services.AddSingleton<Quarantine.MineSession>();
        services.AddScoped<CurrentCaller>();
        services.AddScoped<Viewer>();
        services.AddScoped<Asking>();
        services.AddScoped<ValueLists>();
        services.AddScoped(provider =>
        {
            var (asking, viewer) = (provider.GetRequiredService<Asking>(), provider.GetRequiredService<Viewer>());
            return new EmailQuestions(asking.AskAsync, () => viewer.Zone);
        });
        return services;
    }

    public static WebApplication MapPortal(this WebApplication app)
    {
        StaticWebAssetsLoader.UseStaticWebAssets(app.Environment, app.Configuration);
        app.Use((context, next) => HeadRequests.AsGetAsync(context, next));
        app.UseRouting();
        app.Use((context, next) => SecurityHeaders.AddAsync(context, next));
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapStaticAssets().WithMetadata(new OpenToEveryoneAttribute());
        app.MapGet("/", () => Results.LocalRedirect("/explorer")).WithMetadata(new OpenToEveryAccountAttribute());
        SignIn.Map(app);
        ExportEndpoint.Map(app);
        EmailEndpoints.Map(app);
        HuntingExport.Map(app);
        Quarantine.QuarantineEndpoints.Map(app);
        Quarantine.MineEndpoints.Map(app);
        Lists.ListExport.Map(app);
        Campaigns.CampaignReport.Map(app);
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(mode => mode.ContentSecurityFrameAncestorsPolicy = null);
        return app;
    }
}
