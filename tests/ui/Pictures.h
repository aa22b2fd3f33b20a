#pragma once

#include "tests/ui/WindowDriver.h"

#include <QByteArray>
#include <QImage>
#include <QStringList>

#include <functional>

/// Pictures of the window in its states, in every theme and size, and what is wrong with them: clipped text, labels that
/// overlap, too little contrast. A state is a few lines of what a user does; add yours to scenes() in tst_pictures.cpp.
namespace corscope::pictures {

/// Takes the pictures of a widget (the window, or a dialog) that is on the screen now.
using Camera = std::function<void(QWidget& widget)>;

struct Scene
{
    QByteArray name;
    /// Brings the window into the state and calls the camera, as often as there is something to see.
    std::function<void(WindowDriver& user, const Camera& camera)> show;
};

/// One sentence for each text that has less room than it needs and does not end in an ellipsis with a tooltip, that its
/// parent cuts off, or that stands on another one.
QStringList clippedText(QWidget& root);
/// One sentence for each line of a diagram in sight that overlaps another, or leaves its lane or the diagram.
QStringList diagramOverlaps(QWidget& root);
/// One sentence for each text below 4.5:1 against what it stands on, by its pixels and by its palette.
QStringList lowContrast(QWidget& root, const QImage& image);

} // namespace corscope::pictures
