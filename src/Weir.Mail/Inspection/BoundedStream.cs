namespace Weir.Mail.Inspection;

/// <summary>Reads what a decoder gives, up to a number of bytes; what is broken ends where it breaks.</summary>
internal static class BoundedStream
{
    public static byte[] Read(Stream stream, int most)
    {
        var target = new MemoryStream();
        var buffer = new byte[16 << 10];
        try
        {
            for (var count = 1; count > 0 && target.Length < most;)
            {
                count = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, most - target.Length));
                target.Write(buffer, 0, count);
            }
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            // What came out so far is what the file gives.
        }

        return target.ToArray();
    }
}
