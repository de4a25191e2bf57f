using Weir.Mail.Contracts;

namespace Weir.Mail.Urls.Rewriting;

/// <summary>What rewrites or forwards links below a host name.</summary>
/// <param name="Name">As people know it.</param>
/// <param name="IsForwarder">A public site that forwards, not a product of the mail's way.</param>
/// <param name="Target">The target in a link; empty when only the product knows it; nothing when the link is an ordinary page of the host.</param>
internal sealed record Rewriter(string Name, bool IsForwarder, Func<WebUrl, string?> Target);
