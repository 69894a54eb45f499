"""Reads and writes the NIfTI files of the tests; nothing more of the format than they need."""
import gzip
import pathlib
import struct

import numpy

TYPES = {2: "u1", 4: "i2", 8: "i4", 16: "f4", 64: "f8", 256: "i1", 512: "u2", 768: "u4"}
RAS_TO_LPS = numpy.diag([-1, -1, 1, 1])


def affine_of(header):
    """Voxel to world (RAS, mm): the sform, else the qform."""
    if struct.unpack_from("<h", header, 254)[0] > 0:
        return numpy.vstack([numpy.array(struct.unpack_from("<12f", header, 280)).reshape(3, 4), [0, 0, 0, 1]])
    b, c, d, *offset = struct.unpack_from("<6f", header, 256)
    a = numpy.sqrt(max(0, 1 - b * b - c * c - d * d))
    turn = numpy.array([[a * a + b * b - c * c - d * d, 2 * (b * c - a * d), 2 * (b * d + a * c)],
                        [2 * (b * c + a * d), a * a + c * c - b * b - d * d, 2 * (c * d - a * b)],
                        [2 * (b * d - a * c), 2 * (c * d + a * b), a * a + d * d - b * b - c * c]])
    spacing = struct.unpack_from("<4f", header, 76)
    affine = numpy.eye(4)
    affine[:3, :3] = turn * numpy.array([spacing[1], spacing[2], spacing[3] * (-1 if spacing[0] < 0 else 1)])
    affine[:3, 3] = offset
    return affine


def read_nifti(path):
    """(voxels by [i, j, k], affine to LPS mm)."""
    raw = pathlib.Path(path).read_bytes()
    raw = gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
    assert struct.unpack_from("<i", raw)[0] == 348, "not a little-endian NIfTI-1 file"
    size = struct.unpack_from("<3h", raw, 42)
    offset = int(struct.unpack_from("<f", raw, 108)[0])
    kind = TYPES[struct.unpack_from("<h", raw, 70)[0]]
    voxels = numpy.frombuffer(raw, "<" + kind, count=int(numpy.prod(size)), offset=offset).reshape(size, order="F")
    slope, intercept = struct.unpack_from("<2f", raw, 112)
    return (voxels * slope + intercept if slope not in (0, 1) or intercept != 0 else voxels), RAS_TO_LPS @ affine_of(raw)


def values_inside(image_path, mask_path):
    """The voxels of an image whose centres lie in voxels of the mask, wherever both lie."""
    image, image_affine = read_nifti(image_path)
    mask, mask_affine = read_nifti(mask_path)
    index = numpy.argwhere(numpy.ones(image.shape, bool))
    world = index @ image_affine[:3, :3].T + image_affine[:3, 3]
    to_mask = numpy.linalg.inv(mask_affine)
    place = numpy.rint(world @ to_mask[:3, :3].T + to_mask[:3, 3]).astype(int)
    within = numpy.all((place >= 0) & (place < mask.shape), axis=1)
    chosen = numpy.zeros(len(index), bool)
    chosen[within] = mask[tuple(place[within].T)] > 0
    return image[tuple(index[chosen].T)]


def write_nifti(path, voxels, affine_lps):
    """voxels by [i, j, k] as 32-bit floats; affine: voxel to LPS mm."""
    header = bytearray(352)
    struct.pack_into("<i", header, 0, 348)
    struct.pack_into("<8h", header, 40, 3, *voxels.shape, 1, 1, 1, 1)
    struct.pack_into("<2h", header, 70, 16, 32)
    spacing = numpy.linalg.norm(affine_lps[:3, :3], axis=0)
    struct.pack_into("<8f", header, 76, 1, *spacing, 0, 0, 0, 0)
    struct.pack_into("<3f", header, 108, 352, 1, 0)
    struct.pack_into("<2h", header, 252, 0, 1)
    struct.pack_into("<12f", header, 280, *(RAS_TO_LPS @ affine_lps)[:3].ravel())
    header[344:348] = b"n+1\0"
    pathlib.Path(path).write_bytes(bytes(header) + voxels.astype("<f4").tobytes(order="F"))
    return path
