#pragma once

class QMenu;

namespace corscope {

class Appearance;
class Preferences;

/// The entries of the View menu for theme and text size; what is chosen is remembered.
void addAppearance(QMenu& view, Appearance& appearance, Preferences& preferences);

} // namespace corscope
