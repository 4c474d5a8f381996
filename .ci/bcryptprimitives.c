/* A stand-in for bcryptprimitives.dll, for versions of Wine that have none. Only for tests. */
#include <windows.h>
#include <ntsecapi.h>

/* Fills a buffer with random bytes, in pieces, because RtlGenRandom counts in 32 bits. */
__declspec(dllexport) BOOL WINAPI ProcessPrng(BYTE *buffer, SIZE_T length)
{
    while (length > 0) {
        ULONG piece = length < 0x01000000 ? (ULONG)length : 0x01000000;
        if (!RtlGenRandom(buffer, piece))
            return FALSE;
        buffer += piece;
        length -= piece;
    }
    return TRUE;
}
