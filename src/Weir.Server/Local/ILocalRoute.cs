namespace Weir.Server.Local;

/// <summary>One thing that a command may ask of the server that holds its data directory. Found by convention: one sealed class, one file.</summary>
internal interface ILocalRoute
{
    /// <summary>Path of the request, such as <c>/hunt</c>. Always POST.</summary>
    string Path { get; }

    /// <summary>Answers; the request came from <paramref name="user"/>, the local user as the kernel says.</summary>
    Task AnswerAsync(HttpContext context, string user);
}
