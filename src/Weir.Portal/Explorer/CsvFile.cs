using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Weir.Portal.Explorer;

/// <summary>A response that a browser saves as a CSV file.</summary>
internal static class CsvFile
{
    /// <param name="name">What is in it; the file is named after it and the viewer's time.</param>
    public static void Prepare(HttpResponse response, string name, TimeZoneInfo zone, TimeProvider time)
    {
        var fileName = string.Create(CultureInfo.InvariantCulture, $"{name}-{TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone):yyyy-MM-dd-HHmmss}.csv");
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = fileName }.ToString();
        response.Headers.CacheControl = "no-store";
    }
}
