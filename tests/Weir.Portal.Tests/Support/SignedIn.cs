using System.Net;
using System.Text.RegularExpressions;

namespace Weir.Portal.Tests.Support;

/// <summary>A client without a browser that is signed in and keeps its cookies.</summary>
internal sealed partial class SignedIn : IDisposable
{
    private readonly ServiceProvider _services;

    private SignedIn(ServiceProvider services, HttpClient client, CookieContainer cookies) => (_services, Client, Cookies) = (services, client, cookies);

    public HttpClient Client { get; }

    public CookieContainer Cookies { get; }

    public static async Task<SignedIn> AsAsync(PortalHost host, string user, CancellationToken cancellationToken)
    {
        var cookies = new CookieContainer();
        var services = new ServiceCollection();
        services.AddHttpClient("signed-in", client => client.BaseAddress = new Uri(host.Address))
            .ConfigurePrimaryHttpMessageHandler(() => new HttpClientHandler { CookieContainer = cookies });
        var provider = services.BuildServiceProvider();
        var signedIn = new SignedIn(provider, provider.GetRequiredService<IHttpClientFactory>().CreateClient("signed-in"), cookies);
        using var answer = await signedIn.PostAsync("/sign-in", "/sign-in", [new("userName", user), new("password", "correct horse")], cancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return signedIn;
    }

    /// <summary>Sends a form as its page would.</summary>
    public async Task<HttpResponseMessage> PostAsync(string page, string path, IEnumerable<KeyValuePair<string, string>> fields, CancellationToken cancellationToken)
    {
        var html = await Client.GetStringAsync(page, cancellationToken);
        using var form = new FormUrlEncodedContent([.. fields, new("__RequestVerificationToken", TokenText().Match(html).Groups["value"].Value)]);
        return await Client.PostAsync(path, form, cancellationToken);
    }

    public void Dispose()
    {
        Client.Dispose();
        _services.Dispose();
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<value>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex TokenText();
}
