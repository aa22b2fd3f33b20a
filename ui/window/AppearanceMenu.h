#pragma once

namespace corscope {

class Actions;
class Appearance;
class Preferences;

/// The actions for theme and text size; what is chosen is remembered.
void addAppearance(Actions& actions, Appearance& appearance, Preferences& preferences);

} // namespace corscope
