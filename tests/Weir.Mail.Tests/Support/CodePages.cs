using System.Runtime.CompilerServices;
using System.Text;

namespace Weir.Mail.Tests.Support;

/// <summary>MimeKit looks for code pages once; tests that use it before Weir.Mail does must not hide them.</summary>
internal static class CodePages
{
#pragma warning disable CA2255 // This is an application: the test program.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Register() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
}
